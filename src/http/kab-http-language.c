/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-http-language.h"

#include <string.h>

/* Texts are English in the sources: that language needs no locale. */
static const char *const english[] = {"C", NULL};
static const char *const russian[] = {"ru_RU.UTF-8", "ru_RU.utf8", "ru_UA.UTF-8", NULL};

/* The first of the locales that is installed; the global one but for its messages. */
static locale_t
open_locale(const char *const *names)
{
    for (gsize i = 0; names[i] != NULL; i++) {
        locale_t base = duplocale(LC_GLOBAL_LOCALE);
        locale_t locale =
            base != (locale_t)0 ? newlocale(LC_MESSAGES_MASK, names[i], base) : (locale_t)0;

        if (locale != (locale_t)0)
            return locale;
        if (base != (locale_t)0)
            freelocale(base);
    }
    return (locale_t)0;
}

/* They are kept: threads come and go. */
static locale_t
find_locale(const char *language)
{
    static GMutex lock;
    static gboolean opened;
    static locale_t locales[2];
    gboolean is_russian = g_ascii_strncasecmp(language, "ru", 2) == 0;

    g_mutex_lock(&lock);
    if (!opened) {
        locales[0] = open_locale(english);
        locales[1] = open_locale(russian);
        opened = TRUE;
    }
    g_mutex_unlock(&lock);
    return locales[is_russian];
}

/* "ru-RU;q=0.9": Russian. What comes first is wanted most: that is how browsers and we write it. */
static gboolean
is_spoken(const char *tag)
{
    gboolean known =
        g_ascii_strncasecmp(tag, "ru", 2) == 0 || g_ascii_strncasecmp(tag, "en", 2) == 0;

    return known && !g_ascii_isalnum(tag[2]);
}

void
kab_http_language_init(void)
{
    locale_t before = kab_http_language_begin("ru");

    g_dgettext(GETTEXT_PACKAGE, "Kabinet");
    kab_http_language_end(before);
}

locale_t
kab_http_language_begin(const char *accepted)
{
    g_auto(GStrv) tags = g_strsplit(accepted != NULL ? accepted : "", ",", 16);

    for (gsize i = 0; tags[i] != NULL; i++) {
        const char *tag = g_strstrip(tags[i]);
        locale_t locale = is_spoken(tag) ? find_locale(tag) : (locale_t)0;

        if (is_spoken(tag))
            return locale != (locale_t)0 ? uselocale(locale) : (locale_t)0;
    }
    return (locale_t)0;
}

void
kab_http_language_end(locale_t before)
{
    if (before != (locale_t)0)
        uselocale(before);
}

char *
kab_http_language_dup_wanted(void)
{
    const char *const *names = g_get_language_names();

    /* "ru_RU.UTF-8", "ru_RU", "ru.UTF-8", "ru", "C" */
    for (gsize i = 0; names[i] != NULL; i++)
        if (strlen(names[i]) == 2)
            return g_strdup(names[i]);
    return g_strdup("en");
}
