/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-object-name.h"

void
kab_object_name_free(KabObjectName *name)
{
    if (name == NULL)
        return;
    g_free(name->name);
    g_free(name->number);
    g_free(name);
}

KabObjectName *
kab_object_name_copy(const KabObjectName *name)
{
    KabObjectName *copy;

    if (name == NULL)
        return NULL;
    copy = g_memdup2(name, sizeof *name);
    copy->name = g_strdup(name->name);
    copy->number = g_strdup(name->number);
    return copy;
}

static gboolean
says(const char *text)
{
    return text != NULL && *text != '\0';
}

static void
add(GString *text, const char *part)
{
    if (!says(part))
        return;
    if (text->len > 0)
        g_string_append(text, " · ");
    g_string_append(text, part);
}

/* What has no number yet is told from others by its time and its sum. */
static void
add_unnumbered(GString *text, const KabObjectName *name)
{
    g_autofree char *at = kab_time_format_local(name->at);
    g_autofree char *sum = NULL;

    add(text, at);
    if (*name->total.currency == '\0')
        return;
    sum = kab_money_format(name->total);
    add(text, sum);
}

char *
kab_object_name_format(const KabObjectName *name)
{
    GString *text = g_string_new(NULL);

    if (name != NULL && name->at == 0) {
        add(text, name->name);
        add(text, name->number);
    } else if (name != NULL) {
        if (says(name->number))
            add(text, name->number);
        else
            add_unnumbered(text, name);
        add(text, name->name);
    }
    return g_string_free(text, FALSE);
}
