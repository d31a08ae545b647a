/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-db-functions.h"

#include <string.h>

/* Characters of a text that are looked at without asking for memory. */
#define SHORT_TEXT 256
#define MAX_WORDS 10

#define SMALL_YO 0x451
#define SMALL_YE 0x435

typedef struct {
    gunichar *text;
    glong begin[MAX_WORDS];
    glong length[MAX_WORDS];
    guint n;
} Words;

/* lower() knows no letters but the Latin ones. */
static void
casefold(sqlite3_context *context, int n G_GNUC_UNUSED, sqlite3_value **values)
{
    const char *text = (const char *)sqlite3_value_text(values[0]);

    if (text != NULL)
        sqlite3_result_text(context, g_utf8_casefold(text, -1), -1, g_free);
}

static gunichar
fold(gunichar c)
{
    if (c < 128)
        return (gunichar)g_ascii_tolower((char)c);
    c = g_unichar_tolower(c);
    return c == SMALL_YO ? SMALL_YE : c;
}

/* Room for as many characters as @text has bytes. */
static glong
fold_text(const char *text, gunichar *out)
{
    glong n = 0;

    for (; *text != '\0'; text = g_utf8_next_char(text))
        out[n++] = fold(g_utf8_get_char(text));
    return n;
}

static void
words_free(void *data)
{
    Words *words = data;

    g_free(words->text);
    g_free(words);
}

static Words *
words_new(const char *text)
{
    Words *words = g_new0(Words, 1);
    gboolean inside = FALSE;
    glong n;

    words->text = g_new(gunichar, strlen(text) + 1);
    n = fold_text(text, words->text);
    for (glong i = 0; i < n; i++) {
        gboolean space = g_unichar_isspace(words->text[i]);

        if (!space && !inside) {
            if (words->n == MAX_WORDS)
                break;
            words->begin[words->n++] = i;
        }
        if (!space)
            words->length[words->n - 1]++;
        inside = !space;
    }
    return words;
}

static gboolean
has_word(const gunichar *text, glong n, const gunichar *word, glong length)
{
    for (glong i = 0; i + length <= n; i++)
        if (text[i] == word[0] && memcmp(text + i, word, (gsize)length * sizeof *word) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
has_all(const char *text, const Words *words)
{
    gunichar small[SHORT_TEXT];
    gsize size = strlen(text);
    g_autofree gunichar *big = size > SHORT_TEXT ? g_new(gunichar, size) : NULL;
    gunichar *folded = big != NULL ? big : small;
    glong n = fold_text(text, folded);

    for (guint i = 0; i < words->n; i++)
        if (!has_word(folded, n, words->text + words->begin[i], words->length[i]))
            return FALSE;
    return TRUE;
}

static void
has_words(sqlite3_context *context, int n G_GNUC_UNUSED, sqlite3_value **values)
{
    const char *text = (const char *)sqlite3_value_text(values[0]);
    const char *wanted = (const char *)sqlite3_value_text(values[1]);
    Words *words = sqlite3_get_auxdata(context, 1);
    gboolean kept = words != NULL;

    if (text == NULL || wanted == NULL)
        return;
    /* What was stored by others may be anything. */
    if (!g_utf8_validate(text, -1, NULL) || !g_utf8_validate(wanted, -1, NULL)) {
        sqlite3_result_int(context, 0);
        return;
    }
    if (!kept)
        words = words_new(wanted);
    sqlite3_result_int(context, has_all(text, words));
    if (!kept)
        sqlite3_set_auxdata(context, 1, words, words_free);
}

void
kab_db_add_functions(sqlite3 *handle)
{
    sqlite3_create_function_v2(handle, "casefold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                               casefold, NULL, NULL, NULL);
    sqlite3_create_function_v2(handle, "has_words", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                               has_words, NULL, NULL, NULL);
}
