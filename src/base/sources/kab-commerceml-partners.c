/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-commerceml-parse.h"
#include "kab-requisites.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A partner, or a person of it: the format describes both alike. */
typedef struct {
    char *id;
    char *name;
    char *official_name;
    char *full_name;
    char *relation;
    char *inn;
    char *kpp;
    char *address;
    char *email;
    char *phone;
    char *status;
    char *mark;
    GPtrArray *people; /* (nullable) (element-type Party) */
} Party;

static gboolean read_party(KabCommerceml *cml, Party *party, GError **error);

static void
party_clear(Party *party)
{
    g_free(party->id);
    g_free(party->name);
    g_free(party->official_name);
    g_free(party->full_name);
    g_free(party->relation);
    g_free(party->inn);
    g_free(party->kpp);
    g_free(party->address);
    g_free(party->email);
    g_free(party->phone);
    g_free(party->status);
    g_free(party->mark);
    g_clear_pointer(&party->people, g_ptr_array_unref);
}

static void
party_free(gpointer data)
{
    party_clear(data);
    g_free(data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Party, party_clear)

typedef struct {
    char *type;
    char *value;
} Channel;

/* "Почта" is e-mail, and so is "Электронная почта"; "Почтовый адрес" is not. */
static char **
find_channel(Party *party, const char *type)
{
    g_autofree char *lower = g_utf8_strdown(type, -1);

    if (strcmp(lower, "почта") == 0 || strcmp(lower, "электронная почта") == 0 ||
        g_str_has_prefix(lower, "e-mail") || g_str_has_prefix(lower, "email"))
        return &party->email;
    return g_str_has_prefix(lower, "телефон") ? &party->phone : NULL;
}

static gboolean
read_channel(KabCommerceml *cml, gpointer data, GError **error)
{
    static const KabXmlField fields[] = {{"Тип", G_STRUCT_OFFSET(Channel, type)},
                                         {"Значение", G_STRUCT_OFFSET(Channel, value)}};
    Channel channel = {0};
    KabXmlScope scope = kab_xml_reader_enter(cml->reader);
    gboolean ok = TRUE;
    gboolean taken;
    char **slot;

    while (ok && kab_xml_reader_next(cml->reader, &scope, error))
        ok = kab_xml_reader_take_field(cml->reader, fields, G_N_ELEMENTS(fields), &channel, &taken,
                                       error);
    slot = channel.type != NULL ? find_channel(data, channel.type) : NULL;
    if (slot != NULL && *slot == NULL)
        *slot = g_steal_pointer(&channel.value);
    g_free(channel.type);
    g_free(channel.value);
    return ok && !scope.failed;
}

/* <Представитель> holds the person itself, or a <Контрагент> with the person. */
static gboolean
read_person(KabCommerceml *cml, gpointer data, GError **error)
{
    GPtrArray *people = data;
    Party *person;

    if (!kab_commerceml_has_room(cml, people->len))
        return TRUE;
    person = g_new0(Party, 1);
    g_ptr_array_add(people, person);
    return read_party(cml, person, error);
}

static gboolean
read_party_part(KabCommerceml *cml, gpointer data, GError **error)
{
    Party *party = data;
    const char *name = kab_xml_reader_get_name(cml->reader);

    if (strcmp(name, "Контакты") == 0)
        return kab_commerceml_each(cml, "Контакт", read_channel, party, error);
    if (strcmp(name, "Контрагент") == 0)
        return read_party(cml, party, error);
    if (strcmp(name, "Представители") == 0) {
        if (party->people == NULL)
            party->people = g_ptr_array_new_with_free_func(party_free);
        return kab_commerceml_each(cml, "Представитель", read_person, party->people, error);
    }
    if (party->address == NULL &&
        (strcmp(name, "ЮридическийАдрес") == 0 || strcmp(name, "АдресРегистрации") == 0 ||
         strcmp(name, "Адрес") == 0)) {
        party->address = kab_commerceml_dup_address(cml, error);
        return party->address != NULL;
    }
    return TRUE;
}

static gboolean
read_party(KabCommerceml *cml, Party *party, GError **error)
{
    static const KabXmlField fields[] = {
        {"Ид", G_STRUCT_OFFSET(Party, id)},
        {"Наименование", G_STRUCT_OFFSET(Party, name)},
        {"ОфициальноеНаименование", G_STRUCT_OFFSET(Party, official_name)},
        {"ПолноеНаименование", G_STRUCT_OFFSET(Party, full_name)},
        {"Отношение", G_STRUCT_OFFSET(Party, relation)},
        {"ИНН", G_STRUCT_OFFSET(Party, inn)},
        {"КПП", G_STRUCT_OFFSET(Party, kpp)},
        {"ПометкаУдаления", G_STRUCT_OFFSET(Party, mark)},
    };
    KabXmlScope scope;

    if (party->status == NULL)
        party->status = kab_xml_reader_dup_attribute(cml->reader, "Статус");
    scope = kab_xml_reader_enter(cml->reader);
    while (kab_xml_reader_next(cml->reader, &scope, error)) {
        gboolean taken;

        if (!kab_xml_reader_take_field(cml->reader, fields, G_N_ELEMENTS(fields), party, &taken,
                                       error))
            return FALSE;
        if (!taken && !read_party_part(cml, party, error))
            return FALSE;
    }
    return !scope.failed;
}

/* A wrong number is the partner's to set right: it is kept, and said. */
static void
check_requisites(KabCommerceml *cml, const Party *party)
{
    g_autoptr(GError) inn = NULL;
    g_autoptr(GError) kpp = NULL;

    if (party->inn != NULL && *party->inn != '\0' && !kab_requisites_check_inn(party->inn, &inn))
        kab_commerceml_warn(cml, _("Partner %s: %s"), party->id, inn->message);
    if (party->kpp != NULL && *party->kpp != '\0' && !kab_requisites_check_kpp(party->kpp, &kpp))
        kab_commerceml_warn(cml, _("Partner %s: %s"), party->id, kpp->message);
}

static gboolean
store_people(KabCommerceml *cml, const Party *party, GError **error)
{
    g_autoptr(GPtrArray) contacts = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < party->people->len; i++) {
        Party *person = party->people->pdata[i];
        const char *name = person->name != NULL ? person->name : person->full_name;
        KabIntakeContact *contact;

        if (name == NULL || *name == '\0') {
            kab_commerceml_warn(cml, _("Partner %s: a person without a name is passed over"),
                                party->id);
            continue;
        }
        contact = g_new(KabIntakeContact, 1);
        kab_intake_normalise_id(person->id);
        *contact =
            (KabIntakeContact){.source_id = person->id != NULL ? person->id : "",
                               .name = name,
                               .relation = person->relation,
                               .email = person->email,
                               .phone = person->phone,
                               .deleted = kab_commerceml_is_deleted(person->status, person->mark)};
        g_ptr_array_add(contacts, contact);
    }
    return kab_intake_put_contacts(cml->intake, party->id, contacts, error);
}

static gboolean
read_partner(KabCommerceml *cml, G_GNUC_UNUSED gpointer data, GError **error)
{
    g_auto(Party) party = {0};
    KabIntakePartner partner;

    if (!read_party(cml, &party, error))
        return FALSE;
    kab_intake_normalise_id(party.id);
    if (party.id == NULL || *party.id == '\0') {
        kab_commerceml_warn(cml, _("<Контрагент> “%s” has no <Ид>; it is passed over"),
                            party.name != NULL ? party.name : "");
        return TRUE;
    }
    check_requisites(cml, &party);
    partner = (KabIntakePartner){.source_id = party.id,
                                 .name = party.name,
                                 .full_name = party.official_name != NULL ? party.official_name
                                                                          : party.full_name,
                                 .inn = party.inn,
                                 .kpp = party.kpp,
                                 .address = party.address,
                                 .email = party.email,
                                 .phone = party.phone,
                                 .deleted = kab_commerceml_is_deleted(party.status, party.mark)};
    return kab_intake_put_partner(cml->intake, &partner, error) &&
           (party.people == NULL || store_people(cml, &party, error));
}

gboolean
kab_commerceml_read_partners(KabCommerceml *cml, GError **error)
{
    return kab_commerceml_each(cml, "Контрагент", read_partner, NULL, error);
}
