/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-http-address.h"
#include "kab-http-tls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FLAGS_KEY "kab-tls-flags"
#define CERTIFICATE_KEY "kab-tls-certificate"

GTlsDatabase *
kab_http_tls_open(const char *path, GError **error)
{
    g_autofree char *full = g_canonicalize_filename(path, NULL);
    g_autoptr(GError) local = NULL;
    GList *certificates = g_tls_certificate_list_new_from_file(full, &local);
    GTlsDatabase *database = NULL;

    if (certificates != NULL)
        database = g_tls_file_database_new(full, &local);
    else if (local == NULL || local->domain == G_TLS_ERROR)
        g_set_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_TLS,
                    _("“%s” holds no certificate in PEM"), full);
    if (database == NULL && (error == NULL || *error == NULL))
        g_set_error(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_TLS,
                    _("The file of the certificate authority cannot be read: %s"),
                    local != NULL ? local->message : full);
    g_list_free_full(certificates, g_object_unref);
    return database;
}

/* Only looks: the certificate is refused. */
static gboolean
on_refused(SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags flags,
           gpointer data G_GNUC_UNUSED)
{
    g_object_set_data(G_OBJECT(message), FLAGS_KEY, GUINT_TO_POINTER(flags));
    g_object_set_data_full(G_OBJECT(message), CERTIFICATE_KEY, g_object_ref(certificate),
                           g_object_unref);
    return FALSE;
}

void
kab_http_tls_watch(SoupMessage *message)
{
    g_signal_connect(message, "accept-certificate", G_CALLBACK(on_refused), NULL);
}

static char *
format_day(GDateTime *date)
{
    g_autoptr(GDateTime) owned = date;
    g_autoptr(GDateTime) local = date != NULL ? g_date_time_to_local(date) : NULL;

    return local != NULL ? g_date_time_format(local, "%x") : g_strdup("?");
}

/* The first thing to put right; with an unknown authority the others cannot be relied on. */
static char *
describe(GTlsCertificate *certificate, GTlsCertificateFlags flags, const char *host)
{
    g_autofree char *day = NULL;

    if (flags & G_TLS_CERTIFICATE_EXPIRED) {
        day = format_day(g_tls_certificate_get_not_valid_after(certificate));
        return g_strdup_printf(_("its certificate has expired on %s"), day);
    }
    if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED) {
        day = format_day(g_tls_certificate_get_not_valid_before(certificate));
        return g_strdup_printf(_("its certificate is not valid before %s; is the date of this "
                                 "machine right?"),
                               day);
    }
    if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
        return g_strdup_printf(_("its certificate is for another name than “%s”"), host);
    if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
        return g_strdup(
            _("its certificate is of an authority that is not trusted here; a company's "
              "own authority has to be given by its file"));
    if (flags & G_TLS_CERTIFICATE_REVOKED)
        return g_strdup(_("its certificate has been revoked"));
    if (flags & G_TLS_CERTIFICATE_INSECURE)
        return g_strdup(_("its certificate is signed in a way that is not secure"));
    return g_strdup(_("its certificate is not trusted"));
}

static gboolean
is_https(SoupMessage *message)
{
    return strcmp(g_uri_get_scheme(soup_message_get_uri(message)), "https") == 0;
}

/* What breaks when the other side does not speak HTTP, but TLS. */
static gboolean
is_nonsense(const GError *error)
{
    return error->domain == SOUP_SESSION_ERROR ||
           g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
           g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

GError *
kab_http_tls_explain(const char *address, SoupMessage *message, const GError *error)
{
    GTlsCertificate *certificate = g_object_get_data(G_OBJECT(message), CERTIFICATE_KEY);
    const char *host = g_uri_get_host(soup_message_get_uri(message));
    g_autofree char *text = NULL;

    if (certificate != NULL) {
        text = describe(certificate,
                        GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(message), FLAGS_KEY)), host);
        return g_error_new(KAB_HTTP_ERROR, KAB_HTTP_ERROR_TLS, "%s: %s", address, text);
    }
    if (g_error_matches(error, G_TLS_ERROR, G_TLS_ERROR_EOF))
        return g_error_new(KAB_HTTP_ERROR, KAB_HTTP_ERROR_CUT, "%s: %s", address,
                           _("the connection ended"));
    if (error->domain == G_TLS_ERROR)
        return g_error_new(KAB_HTTP_ERROR, KAB_HTTP_ERROR_TLS,
                           _("%s: no TLS connection could be made; perhaps there is no TLS at this "
                             "address (%s)"),
                           address, error->message);
    if (g_str_has_prefix(address, "http://") && soup_message_get_status(message) == 0 &&
        is_nonsense(error))
        return g_error_new(KAB_HTTP_ERROR, KAB_HTTP_ERROR_CUT,
                           _("%s: the connection ended without an answer in HTTP (%s); if TLS is "
                             "spoken there, the address begins with https://"),
                           address, error->message);
    return NULL;
}

/* The words of the usual servers, nginx and Apache. */
GError *
kab_http_tls_find_plain(const char *address, SoupMessage *message, const guint8 *body, gsize size)
{
    static const char *const words[] = {"HTTP request was sent to HTTPS port",
                                        "plain HTTP to an SSL-enabled server port"};

    if (is_https(message) || soup_message_get_status(message) != 400)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_strstr_len((const char *)body, (gssize)size, words[i]) != NULL)
            return g_error_new(KAB_HTTP_ERROR, KAB_HTTP_ERROR_TLS,
                               _("%s: TLS is spoken there: the address begins with https://"),
                               address);
    return NULL;
}
