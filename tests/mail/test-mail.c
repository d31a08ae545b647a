/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-mail.h"

#include <gmime/gmime.h>
#include <string.h>

static const KabMail usual = {
    .id = "0f2d1f0e-6c0c-4a0f-9d8c-0d0f2b0f6a11",
    .from = "portal@sklad.example",
    .from_name = "ООО «Склад»",
    .to = "anna@partner.example",
    .to_name = "Анна Кисёлева",
    .subject = "Приглашение: ООО «Склад»",
    .text = "Здравствуйте!\n\n.\nFrom here\n",
    .html = "<p>Здравствуйте, «Анна»!</p>\n",
};

static GMimeMessage *
read_back(const KabMail *mail)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = kab_mail_to_bytes(mail, &error);
    gsize size;
    const char *data;
    GMimeStream *stream;
    GMimeParser *parser;
    GMimeMessage *message;

    g_assert_no_error(error);
    data = g_bytes_get_data(bytes, &size);
    for (gsize i = 0, line = 0; i < size; i++, line++) {
        g_assert_cmpint((guchar)data[i], <, 128);
        if (data[i] == '\n') {
            g_assert_true(i > 0 && data[i - 1] == '\r');
            line = 0;
        }
        g_assert_cmpint(line, <, 998);
        g_assert_true(data[i] != '\r' || (i + 1 < size && data[i + 1] == '\n'));
    }
    stream = g_mime_stream_mem_new_with_buffer(data, size);
    parser = g_mime_parser_new_with_stream(stream);
    message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    g_assert_nonnull(message);
    return message;
}

static void
assert_part(GMimeMultipart *parts, int i, const char *type, const char *expected)
{
    GMimeObject *part = g_mime_multipart_get_part(parts, i);
    g_autofree char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    g_autofree char *joined = g_strjoinv("\n", lines);

    g_assert_true(g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", type));
    g_assert_cmpstr(joined, ==, expected);
}

static void
assert_addressed(GMimeMessage *message, GMimeAddressType type, const char *name,
                 const char *address)
{
    InternetAddressList *list = g_mime_message_get_addresses(message, type);
    InternetAddress *one;

    g_assert_cmpint(internet_address_list_length(list), ==, 1);
    one = internet_address_list_get_address(list, 0);
    g_assert_cmpstr(internet_address_get_name(one), ==, name);
    g_assert_cmpstr(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)), ==, address);
}

static void
test_round_trip(void)
{
    GMimeMessage *message = read_back(&usual);
    GMimeMultipart *parts = GMIME_MULTIPART(g_mime_message_get_mime_part(message));

    assert_addressed(message, GMIME_ADDRESS_TYPE_FROM, usual.from_name, usual.from);
    assert_addressed(message, GMIME_ADDRESS_TYPE_TO, usual.to_name, usual.to);
    g_assert_cmpstr(g_mime_message_get_subject(message), ==, usual.subject);
    g_assert_cmpstr(g_mime_message_get_message_id(message), ==,
                    "0f2d1f0e-6c0c-4a0f-9d8c-0d0f2b0f6a11@sklad.example");
    g_assert_nonnull(g_mime_message_get_date(message));
    g_assert_cmpstr(g_mime_object_get_header(GMIME_OBJECT(message), "Auto-Submitted"), ==,
                    "auto-generated");
    g_assert_true(g_mime_content_type_is_type(g_mime_object_get_content_type(GMIME_OBJECT(parts)),
                                              "multipart", "alternative"));
    g_assert_cmpint(g_mime_multipart_get_count(parts), ==, 2);
    assert_part(parts, 0, "plain", usual.text);
    assert_part(parts, 1, "html", usual.html);
    g_object_unref(message);
}

/* Whatever somebody is called, no header and no recipient comes of it. */
static void
test_injection(void)
{
    static const char *const names[] = {
        "Анна\r\nBcc: all@partner.example",
        "Анна\nSubject: another",
        "Anna\r\n\r\nanother body",
        "a@b.example>, <c@d.example",
        "\"Anna\" <x@y.example>, ",
        "Anna\xe2\x80\xa8"
        "Bcc: x@y.example",
        "=?utf-8?B?QmNjOiB4QHkuZXhhbXBsZQ0K?=",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        KabMail mail = usual;
        GMimeMessage *message;
        InternetAddressList *all;

        mail.to_name = names[i];
        mail.from_name = names[i];
        mail.subject = names[i];
        message = read_back(&mail);
        all = g_mime_message_get_all_recipients(message);
        g_assert_cmpint(internet_address_list_length(all), ==, 1);
        g_assert_null(g_mime_object_get_header(GMIME_OBJECT(message), "Bcc"));
        g_assert_null(strpbrk(g_mime_message_get_subject(message), "\r\n"));
        assert_part(GMIME_MULTIPART(g_mime_message_get_mime_part(message)), 0, "plain", usual.text);
        g_object_unref(all);
        g_object_unref(message);
    }
}

static void
test_long_names(void)
{
    g_autoptr(GString) name = g_string_new(NULL);
    KabMail mail = usual;
    GMimeMessage *message;

    for (int i = 0; i < 300; i++)
        g_string_append(name, i % 21 == 20 ? " " : "Щ");
    mail.to_name = name->str;
    mail.subject = name->str;
    message = read_back(&mail);
    g_assert_true(g_str_has_prefix(name->str, g_mime_message_get_subject(message)));
    g_object_unref(message);
    mail.to_name = "";
    mail.from_name = NULL;
    mail.subject = "\xff\xfe";
    message = read_back(&mail);
    assert_addressed(message, GMIME_ADDRESS_TYPE_FROM, "", usual.from);
    g_object_unref(message);
}

static void
test_addresses(void)
{
    static const char *const wrong[] = {"",
                                        "anna",
                                        "anna@",
                                        "@b.example",
                                        "a b@c.example",
                                        "a@b.example\r\nBcc: x@y.example",
                                        "a@b.example, c@d.example",
                                        "<a@b.example>"};

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        KabMail mail = usual;
        g_autoptr(GError) error = NULL;

        mail.to = wrong[i];
        g_assert_null(kab_mail_to_bytes(&mail, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_mime_init();
    g_test_add_func("/mail/round-trip", test_round_trip);
    g_test_add_func("/mail/injection", test_injection);
    g_test_add_func("/mail/long-names", test_long_names);
    g_test_add_func("/mail/addresses", test_addresses);
    return g_test_run();
}
