/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-reflow.h"
#include "kab-text-scale.h"

#define COLUMN_GAP 12
#define ROW_GAP 6

struct _KabReflow {
    GtkWidget parent_instance;

    int start_width;  /* what the first child needs to share a line with the others */
    int column_width; /* what the second child would like to have, so that columns align */
    gboolean packed;  /* all children stand at the start */
};

static void kab_reflow_buildable_init(GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(KabReflow, kab_reflow, GTK_TYPE_WIDGET,
                              G_IMPLEMENT_INTERFACE(GTK_TYPE_BUILDABLE, kab_reflow_buildable_init))

enum {
    PROP_0,
    PROP_START_WIDTH,
    PROP_COLUMN_WIDTH,
    PROP_PACKED,
    N_PROPS,
};

static GParamSpec *props[N_PROPS];
static GtkBuildableIface *parent_buildable;

static GtkWidget *
skip_hidden(GtkWidget *child)
{
    while (child != NULL && !gtk_widget_should_layout(child))
        child = gtk_widget_get_next_sibling(child);
    return child;
}

static GtkWidget *
next_child(GtkWidget *child)
{
    return skip_hidden(gtk_widget_get_next_sibling(child));
}

static GtkWidget *
first_child(GtkWidget *self)
{
    return skip_hidden(gtk_widget_get_first_child(self));
}

static void
measure_width(GtkWidget *first, GtkWidget *child, gboolean columns, int *minimum, int *natural)
{
    KabReflow *self = KAB_REFLOW(gtk_widget_get_parent(first));

    gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
    if (columns && child == next_child(first))
        *natural = MAX(*natural, kab_text_scale(GTK_WIDGET(self), self->column_width));
}

/* The width of the children behind @first, with a gap before each but the first of them; @columns:
 * as they are in one line. */
static void
measure_rest(GtkWidget *first, gboolean columns, int *minimum, int *natural)
{
    *minimum = *natural = 0;
    for (GtkWidget *child = next_child(first); child != NULL; child = next_child(child)) {
        int gap = *natural > 0 ? COLUMN_GAP : 0;
        int child_min, child_nat;

        measure_width(first, child, columns, &child_min, &child_nat);
        *minimum += child_min + gap;
        *natural += child_nat + gap;
    }
}

static gboolean
fits_one_line(KabReflow *self, GtkWidget *first, int width)
{
    int first_min, rest_min, rest_nat;

    measure_rest(first, TRUE, &rest_min, &rest_nat);
    if (rest_nat == 0)
        return TRUE;
    gtk_widget_measure(first, GTK_ORIENTATION_HORIZONTAL, -1, &first_min, NULL, NULL, NULL);
    return width >= MAX(first_min, kab_text_scale(GTK_WIDGET(self), self->start_width)) +
                        COLUMN_GAP + rest_nat;
}

/* Whether the children behind @first do not even have room beside each other. */
static gboolean
is_stacked(GtkWidget *first, int width)
{
    int minimum, natural;

    measure_rest(first, FALSE, &minimum, &natural);
    return width >= 0 && minimum > width;
}

/* The widest of the children behind @first. */
static int
get_widest(GtkWidget *first)
{
    int widest = 0;

    for (GtkWidget *child = next_child(first); child != NULL; child = next_child(child)) {
        int minimum, natural;

        measure_width(first, child, FALSE, &minimum, &natural);
        widest = MAX(widest, minimum);
    }
    return widest;
}

static GtkSizeRequestMode
kab_reflow_get_request_mode(GtkWidget *widget G_GNUC_UNUSED)
{
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* How much of its natural @width a child has, where @lacking is what the line has too little. */
static int
shrink(int minimum, int width, int *lacking)
{
    int give = MIN(*lacking, width - minimum);

    *lacking -= give;
    return width - give;
}

/* Each child below the one before. */
static void
measure_stack(GtkWidget *first, int width, int *minimum, int *natural)
{
    *minimum = *natural = 0;
    for (GtkWidget *child = first; child != NULL; child = next_child(child)) {
        int gap = child != first ? ROW_GAP : 0;
        int child_min, child_nat;

        gtk_widget_measure(child, GTK_ORIENTATION_VERTICAL, width, &child_min, &child_nat, NULL,
                           NULL);
        *minimum += child_min + gap;
        *natural += child_nat + gap;
    }
}

static void
measure_height(KabReflow *self, GtkWidget *first, int width, int *minimum, int *natural)
{
    gboolean one_line = width < 0 || fits_one_line(self, first, width);
    int rest_min, rest_nat, first_width = width;
    int below_min = 0, below_nat = 0, lacking = 0;

    if (!one_line && is_stacked(first, width)) {
        measure_stack(first, width, minimum, natural);
        return;
    }
    if (!one_line) {
        measure_rest(first, FALSE, &rest_min, &rest_nat);
        lacking = MAX(0, rest_nat - width);
    }
    measure_rest(first, TRUE, &rest_min, &rest_nat);
    if (one_line && width >= 0 && rest_nat > 0)
        first_width = width - COLUMN_GAP - rest_nat;
    gtk_widget_measure(first, GTK_ORIENTATION_VERTICAL, first_width, minimum, natural, NULL, NULL);
    for (GtkWidget *child = next_child(first); child != NULL; child = next_child(child)) {
        int child_min, child_nat, child_width = -1;

        /* What wraps needs more height where it has less width. */
        if (lacking > 0) {
            measure_width(first, child, FALSE, &child_min, &child_width);
            child_width = shrink(child_min, child_width, &lacking);
        }
        gtk_widget_measure(child, GTK_ORIENTATION_VERTICAL, child_width, &child_min, &child_nat,
                           NULL, NULL);
        below_min = MAX(below_min, child_min);
        below_nat = MAX(below_nat, child_nat);
    }
    if (one_line) {
        *minimum = MAX(*minimum, below_min);
        *natural = MAX(*natural, below_nat);
    } else {
        *minimum += ROW_GAP + below_min;
        *natural += ROW_GAP + below_nat;
    }
}

static void
kab_reflow_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                   int *natural, int *minimum_baseline, int *natural_baseline)
{
    GtkWidget *first = first_child(widget);
    int first_min, first_nat, rest_min, rest_nat;

    *minimum = *natural = 0;
    *minimum_baseline = *natural_baseline = -1;
    if (first == NULL)
        return;
    if (orientation == GTK_ORIENTATION_VERTICAL) {
        measure_height(KAB_REFLOW(widget), first, for_size, minimum, natural);
        return;
    }
    gtk_widget_measure(first, GTK_ORIENTATION_HORIZONTAL, -1, &first_min, &first_nat, NULL, NULL);
    measure_rest(first, TRUE, &rest_min, &rest_nat);
    *minimum = MAX(first_min, get_widest(first));
    *natural = first_nat + (rest_nat > 0 ? COLUMN_GAP + rest_nat : 0);
}

static void
place(GtkWidget *self, GtkWidget *child, int x, int y, int width, int height)
{
    GtkAllocation area = {x, y, width, height};

    if (gtk_widget_get_direction(self) == GTK_TEXT_DIR_RTL)
        area.x = gtk_widget_get_width(self) - x - width;
    gtk_widget_size_allocate(child, &area, -1);
}

/* Places the children behind @first from @x on; the last one ends at @end. If there is less room
 * than they would like to have, each gives up a share of what it needs least. */
static void
place_rest(GtkWidget *self, GtkWidget *first, gboolean columns, int x, int y, int end, int height)
{
    int rest_min, rest_nat, lacking;

    measure_rest(first, columns, &rest_min, &rest_nat);
    lacking = MAX(0, rest_nat - (end - x));
    for (GtkWidget *child = next_child(first); child != NULL; child = next_child(child)) {
        int child_min, width;

        measure_width(first, child, columns, &child_min, &width);
        width = shrink(child_min, width, &lacking);
        if (next_child(child) == NULL && !KAB_REFLOW(self)->packed)
            x = MAX(x, end - width);
        place(self, child, x, y, width, height);
        x += width + COLUMN_GAP;
    }
}

static void
place_stack(GtkWidget *self, GtkWidget *first, int width)
{
    int y = 0;

    for (GtkWidget *child = first; child != NULL; child = next_child(child)) {
        int child_min, child_nat, height;
        gboolean last = child != first && next_child(child) == NULL;

        measure_width(first, child, FALSE, &child_min, &child_nat);
        child_nat = child == first ? width : MIN(width, child_nat);
        gtk_widget_measure(child, GTK_ORIENTATION_VERTICAL, child_nat, NULL, &height, NULL, NULL);
        place(self, child, last && !KAB_REFLOW(self)->packed ? width - child_nat : 0, y, child_nat,
              height);
        y += height + ROW_GAP;
    }
}

static void
kab_reflow_size_allocate(GtkWidget *widget, int width, int height, int baseline G_GNUC_UNUSED)
{
    GtkWidget *first = first_child(widget);
    int rest_min, rest_nat, first_nat, first_height;

    if (first == NULL)
        return;
    measure_rest(first, TRUE, &rest_min, &rest_nat);
    if (fits_one_line(KAB_REFLOW(widget), first, width)) {
        int start = rest_nat > 0 ? width - rest_nat - COLUMN_GAP : width;

        gtk_widget_measure(first, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &first_nat, NULL, NULL);
        if (KAB_REFLOW(widget)->packed)
            start = MIN(start, first_nat);

        place(widget, first, 0, 0, start, height);
        place_rest(widget, first, TRUE, start + COLUMN_GAP, 0, width, height);
        return;
    }
    if (is_stacked(first, width)) {
        place_stack(widget, first, width);
        return;
    }
    gtk_widget_measure(first, GTK_ORIENTATION_VERTICAL, width, NULL, &first_height, NULL, NULL);
    place(widget, first, 0, 0, width, first_height);
    place_rest(widget, first, FALSE, 0, first_height + ROW_GAP, width,
               MAX(0, height - first_height - ROW_GAP));
}

static void
kab_reflow_add_child(GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
    if (GTK_IS_WIDGET(child))
        gtk_widget_set_parent(GTK_WIDGET(child), GTK_WIDGET(buildable));
    else
        parent_buildable->add_child(buildable, builder, child, type);
}

static void
kab_reflow_buildable_init(GtkBuildableIface *iface)
{
    parent_buildable = g_type_interface_peek_parent(iface);
    iface->add_child = kab_reflow_add_child;
}

static void
kab_reflow_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    KabReflow *self = KAB_REFLOW(object);

    if (id == PROP_START_WIDTH)
        self->start_width = g_value_get_int(value);
    else if (id == PROP_COLUMN_WIDTH)
        self->column_width = g_value_get_int(value);
    else if (id == PROP_PACKED)
        self->packed = g_value_get_boolean(value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    gtk_widget_queue_resize(GTK_WIDGET(self));
}

static void
kab_reflow_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_START_WIDTH)
        g_value_set_int(value, KAB_REFLOW(object)->start_width);
    else if (id == PROP_COLUMN_WIDTH)
        g_value_set_int(value, KAB_REFLOW(object)->column_width);
    else if (id == PROP_PACKED)
        g_value_set_boolean(value, KAB_REFLOW(object)->packed);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
kab_reflow_dispose(GObject *object)
{
    GtkWidget *child;

    while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
        gtk_widget_unparent(child);
    G_OBJECT_CLASS(kab_reflow_parent_class)->dispose(object);
}

static void
kab_reflow_class_init(KabReflowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    object_class->set_property = kab_reflow_set_property;
    object_class->get_property = kab_reflow_get_property;
    object_class->dispose = kab_reflow_dispose;
    widget_class->get_request_mode = kab_reflow_get_request_mode;
    widget_class->measure = kab_reflow_measure;
    widget_class->size_allocate = kab_reflow_size_allocate;

    /**
     * KabReflow:start-width:
     *
     * The width that the first child needs at least to share a line with the others.
     */
    props[PROP_START_WIDTH] = g_param_spec_int("start-width", NULL, NULL, 0, G_MAXINT, 200,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
    /**
     * KabReflow:column-width:
     *
     * The width that the second child gets if there is room for it, so that it begins and ends at
     * the same place in every row of a list.
     */
    props[PROP_COLUMN_WIDTH] = g_param_spec_int("column-width", NULL, NULL, 0, G_MAXINT, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
    /**
     * KabReflow:packed:
     *
     * Whether all children stand side by side at the start, as buttons do.
     */
    props[PROP_PACKED] = g_param_spec_boolean("packed", NULL, NULL, FALSE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, N_PROPS, props);
}

static void
kab_reflow_init(KabReflow *self)
{
    self->start_width = 200;
}
