/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-id.h"
#include "kab-import-result.h"
#include "kab-money.h"
#include "kab-quantity.h"
#include "kab-time.h"

G_BEGIN_DECLS

/**
 * KabIntake:
 *
 * The tables of goods and partners while one exchange is stored in them. Of each object the first
 * description counts, what comes later only fills gaps. In every struct below a text that is %NULL
 * is not spoken of, and what is stored stays; an empty one is cleared. Ids are those of the source,
 * as kab_intake_normalise_id() leaves them.
 */
typedef struct _KabIntake KabIntake;

typedef struct {
    const char *source_id;
    const char *parent; /* (nullable): none */
    const char *name;   /* (nullable) */
    gboolean deleted;
} KabIntakeGroup;

typedef struct {
    const char *source_id;
    const char *name;       /* (nullable) */
    const char *value_type; /* (nullable) */
    gboolean deleted;
} KabIntakeProperty;

typedef struct {
    const char *source_id;
    const char *code;      /* (nullable) */
    const char *name;      /* (nullable) */
    const char *full_name; /* (nullable) */
    gboolean deleted;
} KabIntakeUnit;

typedef struct {
    const char *source_id;
    const char *name;          /* (nullable) */
    const char *currency;      /* (nullable): ISO 4217 */
    const char *currency_word; /* (nullable): if it is not known by itself */
    int vat_included;          /* 0, 1, or -1: not spoken of */
    gboolean deleted;
} KabIntakePriceType;

typedef struct {
    const char *source_id;
    const char *name;    /* (nullable) */
    const char *address; /* (nullable) */
    gboolean deleted;
} KabIntakeWarehouse;

typedef struct {
    const char *source_id;
    const char *name;      /* (nullable) */
    const char *full_name; /* (nullable) */
    const char *inn;       /* (nullable) */
    const char *kpp;       /* (nullable) */
    const char *address;   /* (nullable) */
    const char *email;     /* (nullable) */
    const char *phone;     /* (nullable) */
    gboolean deleted;
} KabIntakePartner;

typedef struct {
    const char *source_id;
    const char *name;
    const char *relation; /* (nullable) */
    const char *email;    /* (nullable) */
    const char *phone;    /* (nullable) */
    gboolean deleted;
} KabIntakeContact;

/**
 * KabIntakeValue:
 * @property: (nullable): the property, as its source calls it
 * @name: (nullable): what a property that is in no classifier is called
 * @value: a text, or the id of a variant, after kab_intake_normalise_id()
 *
 * A property of a product or an offer.
 */
typedef struct {
    char *property;
    char *name;
    char *value;
} KabIntakeValue;

typedef struct {
    const char *source_id;
    const char *catalogue;
    const char *group; /* (nullable) */
    const char *code;  /* (nullable) */
    const char *article;
    const char *barcode;
    const char *name;
    const char *full_name;
    const char *description;
    const char *manufacturer;
    const char *category;
    const char *kind; /* (nullable): "Товар" or "Услуга" */
    const char *unit;
    const char *unit_code;
    const char *unit_word; /* if it is not known by itself */
    const char *vat;
    const char *vat_word;    /* if it is not known by itself */
    gint64 step;             /* thousandths; 0: any quantity; -1: not spoken of */
    const GPtrArray *values; /* (nullable) (element-type KabIntakeValue) */
    const GPtrArray *images; /* (nullable) (element-type utf8) */
    gboolean deleted;
} KabIntakeProduct;

typedef struct {
    const char *product;
    const char *characteristic; /* "" for none */
    const char *name;           /* (nullable) */
    const char *article;        /* (nullable) */
    const char *barcode;        /* (nullable) */
    const char *unit;           /* (nullable) */
    const char *unit_word;      /* (nullable): if it is not known by itself */
    const GPtrArray *values;    /* (nullable) (element-type KabIntakeValue) */
    int deleted;                /* 0, 1, or -1: not spoken of */
    gboolean listed;            /* in a package of offers, so that it is counted */
} KabIntakeOffer;

/**
 * kab_intake_normalise_id:
 * @text: (nullable): an id; changed in place
 *
 * Some programs write the same UUID in capitals and in small letters.
 *
 * Returns: @text without space around it, in small letters if it is a UUID
 */
char *kab_intake_normalise_id(char *text);

/**
 * kab_intake_begin:
 * @db: a connection inside a transaction
 * @result: where warnings and counts go
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the tables, ready for one exchange
 */
KabIntake *kab_intake_begin(KabDb *db, KabImportResult *result, GError **error);

/** kab_intake_put_group: stores a product group. */
gboolean kab_intake_put_group(KabIntake *intake, const KabIntakeGroup *group, GError **error);

/** kab_intake_put_property: stores a property of a classifier. */
gboolean kab_intake_put_property(KabIntake *intake, const KabIntakeProperty *property,
                                 GError **error);

/**
 * kab_intake_put_variant:
 * @intake: the tables
 * @property: the property, as its source calls it
 * @variant: one of the values it can have
 * @text: that value as people read it
 * @error: return location
 *
 * Stores a variant of a property that is chosen from a list.
 *
 * Returns: whether it is stored
 */
gboolean kab_intake_put_variant(KabIntake *intake, const char *property, const char *variant,
                                const char *text, GError **error);

/** kab_intake_put_unit: stores a unit of measure. */
gboolean kab_intake_put_unit(KabIntake *intake, const KabIntakeUnit *unit, GError **error);

/**
 * kab_intake_find_unit:
 * @intake: the tables
 * @key: the id or the code of a unit
 * @out: (out) (nullable) (transfer full): what the unit is called, %NULL if there is none
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_intake_find_unit(KabIntake *intake, const char *key, char **out, GError **error);

/** kab_intake_put_price_type: stores a price type. */
gboolean kab_intake_put_price_type(KabIntake *intake, const KabIntakePriceType *type,
                                   GError **error);

/**
 * kab_intake_find_currency:
 * @intake: the tables
 * @price_type: a price type, as its source calls it
 * @out: (out) (nullable) (transfer full): its currency, %NULL if it is not known
 * @word: (out) (nullable) (transfer full): the word for it, if it is not known by itself
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_intake_find_currency(KabIntake *intake, const char *price_type, char **out,
                                  char **word, GError **error);

/** kab_intake_find_meaning: (nullable): what an administrator says that a word of the kind "unit",
 * "vat" or "currency" means. */
const char *kab_intake_find_meaning(KabIntake *intake, const char *kind, const char *word);

/** kab_intake_put_warehouse: stores a warehouse. */
gboolean kab_intake_put_warehouse(KabIntake *intake, const KabIntakeWarehouse *warehouse,
                                  GError **error);

/** kab_intake_put_partner: stores a partner. */
gboolean kab_intake_put_partner(KabIntake *intake, const KabIntakePartner *partner, GError **error);

/**
 * kab_intake_put_contacts:
 * @intake: the tables
 * @partner: a partner that is stored, as its source calls it
 * @contacts: (element-type KabIntakeContact): all its contact persons
 * @error: return location
 *
 * Stores the contact persons of a partner; those that are not among them any more are marked
 * deleted.
 *
 * Returns: whether they are stored
 */
gboolean kab_intake_put_contacts(KabIntake *intake, const char *partner, const GPtrArray *contacts,
                                 GError **error);

/** kab_intake_put_product: stores a product of a catalogue. */
gboolean kab_intake_put_product(KabIntake *intake, const KabIntakeProduct *product, GError **error);

/**
 * kab_intake_count_product:
 * @intake: the tables
 * @id: the id under which a catalogue lists a product, or a characteristic of one
 * @deleted: whether it carries a deletion mark
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_intake_count_product(KabIntake *intake, const char *id, gboolean deleted,
                                  GError **error);

/**
 * kab_intake_put_full_catalogue:
 * @intake: the tables
 * @catalogue: a catalogue all of whose products are in this exchange
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_intake_put_full_catalogue(KabIntake *intake, const char *catalogue, GError **error);

/**
 * KabIntakeOpenOffer:
 * @id: its id
 * @no: its number in this exchange
 * @known: whether this exchange named it before
 * @fields: which of its fields this exchange has given
 * @listed: whether it is in a package of offers
 * @full_prices: whether all its prices are in this exchange; the caller may set it
 * @existed: whether it was stored before this exchange
 * @was_deleted: whether it was marked deleted then
 * @changed: whether its row really changed
 * @prices_changed: whether its prices did
 * @stock_changed: whether its stock did
 * @by_warehouse: whether there are figures of stock by warehouse
 * @has_total: whether there is a figure of stock in all
 * @total: that figure
 *
 * An offer between kab_intake_open_offer() and kab_intake_close_offer().
 */
typedef struct {
    char id[KAB_ID_SIZE];
    gint64 no;
    gboolean known;
    int fields;
    gboolean listed;
    gboolean full_prices;
    gboolean existed;
    gboolean was_deleted;
    gboolean changed;
    gboolean prices_changed;
    gboolean stock_changed;
    gboolean by_warehouse;
    gboolean has_total;
    KabQuantity total;
} KabIntakeOpenOffer;

/**
 * kab_intake_open_offer:
 * @intake: the tables
 * @offer: an offer
 * @open: (out): the offer, for what follows; nothing is to be freed
 * @error: return location
 *
 * Stores an offer and makes it ready for its prices and its stock.
 *
 * Returns: whether it is stored
 */
gboolean kab_intake_open_offer(KabIntake *intake, const KabIntakeOffer *offer,
                               KabIntakeOpenOffer *open, GError **error);

/**
 * KabIntakePrice:
 * @type: the price type, as its source calls it
 * @price: for one unit; without a currency if that is not known
 * @from: the least quantity that it is for; 0: any
 * @unit: (nullable): the unit, as the source writes it
 * @currency_word: (nullable): the word for its currency, if it is not known by itself
 */
typedef struct {
    const char *type;
    KabMoney price;
    KabQuantity from;
    const char *unit;
    const char *currency_word;
} KabIntakePrice;

/**
 * kab_intake_put_price:
 * @intake: the tables
 * @open: an offer
 * @price: a price of it
 * @error: return location
 *
 * What an exchange says of a price type of an offer is all of its prices.
 *
 * Returns: whether it is stored
 */
gboolean kab_intake_put_price(KabIntake *intake, KabIntakeOpenOffer *open,
                              const KabIntakePrice *price, GError **error);

/**
 * kab_intake_put_stock:
 * @intake: the tables
 * @open: an offer
 * @warehouse: (nullable): the warehouse, as its source calls it; %NULL for the total
 * @quantity: how much there is; may be negative
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean kab_intake_put_stock(KabIntake *intake, KabIntakeOpenOffer *open, const char *warehouse,
                              KabQuantity quantity, GError **error);

/**
 * kab_intake_close_offer:
 * @intake: the tables
 * @open: an offer
 * @error: return location
 *
 * Has to follow before the next offer is opened.
 *
 * Returns: %FALSE on error
 */
gboolean kab_intake_close_offer(KabIntake *intake, const KabIntakeOpenOffer *open, GError **error);

/**
 * kab_intake_finish:
 * @intake: the tables, when everything was put
 * @error: return location
 *
 * Draws the conclusions from the whole exchange: what a complete package does not name, totals,
 * references to what is unknown. Counts, and queues what really changed for the other end.
 *
 * Returns: whether the transaction may be committed
 */
gboolean kab_intake_finish(KabIntake *intake, GError **error);

/**
 * kab_intake_free:
 * @intake: (nullable): the tables
 */
void kab_intake_free(KabIntake *intake);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabIntake, kab_intake_free)

G_END_DECLS
