/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-shrink.h"
#include "kab-text-scale.h"
#include "kab-wrap.h"

#define COLUMN_GAP 12
#define ROW_GAP 6

struct _KabWrap {
    GtkWidget parent_instance;

    int column_width; /* what the first child would like to have, so that columns align */
    gboolean packed;  /* all children stand at the start */
};

static void kab_wrap_buildable_init(GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(KabWrap, kab_wrap, GTK_TYPE_WIDGET,
                              G_IMPLEMENT_INTERFACE(GTK_TYPE_BUILDABLE, kab_wrap_buildable_init))

enum {
    PROP_0,
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
first_child(GtkWidget *self)
{
    return skip_hidden(gtk_widget_get_first_child(self));
}

static GtkWidget *
next_child(GtkWidget *child)
{
    return skip_hidden(gtk_widget_get_next_sibling(child));
}

static int
get_natural_width(GtkWidget *child)
{
    int natural;

    gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
    return natural;
}

/* A line: of children that have room beside each other, or of one alone. */
typedef struct {
    GtkWidget *first;
    GtkWidget *end; /* (nullable): the first one of the next line */
    int spare;      /* what the first child has more than it would like to have */
    int minimum;    /* the height */
    int natural;
} Line;

static int
get_width(const Line *line, GtkWidget *child)
{
    return get_natural_width(child) + (child == line->first ? line->spare : 0);
}

static void
measure_line_height(Line *line)
{
    for (GtkWidget *child = line->first; child != line->end; child = next_child(child)) {
        int minimum, natural;

        gtk_widget_measure(child, GTK_ORIENTATION_VERTICAL, get_width(line, child), &minimum,
                           &natural, NULL, NULL);
        line->minimum = MAX(line->minimum, minimum);
        line->natural = MAX(line->natural, natural);
    }
}

/* The line that begins with @first, where there is @width; -1: as much as is wanted. */
static Line
find_line(KabWrap *self, GtkWidget *first, int width)
{
    Line line = {first, next_child(first), 0, 0, 0};
    int taken = get_natural_width(first);

    while (line.end != NULL) {
        int wanted = taken + COLUMN_GAP + get_natural_width(line.end);

        if (width >= 0 && wanted > width)
            break;
        taken = wanted;
        line.end = next_child(line.end);
    }
    if (width >= 0 && (!self->packed || taken > width))
        line.spare = width - taken;
    measure_line_height(&line);
    return line;
}

static GtkSizeRequestMode
kab_wrap_get_request_mode(GtkWidget *widget G_GNUC_UNUSED)
{
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width(GtkWidget *widget, int *minimum, int *natural)
{
    for (GtkWidget *child = first_child(widget); child != NULL; child = next_child(child)) {
        int child_min, child_nat;

        gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min, &child_nat, NULL,
                           NULL);
        if (child == first_child(widget))
            child_nat = MAX(child_nat, kab_text_scale(widget, KAB_WRAP(widget)->column_width));
        *minimum = MAX(*minimum, child_min);
        *natural += (*natural > 0 ? COLUMN_GAP : 0) + child_nat;
    }
}

static void
kab_wrap_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                 int *natural, int *minimum_baseline, int *natural_baseline)
{
    GtkWidget *child = first_child(widget);

    *minimum = *natural = 0;
    *minimum_baseline = *natural_baseline = -1;
    if (orientation == GTK_ORIENTATION_HORIZONTAL) {
        measure_width(widget, minimum, natural);
        return;
    }
    while (child != NULL) {
        Line line = find_line(KAB_WRAP(widget), child, for_size);
        int gap = *natural > 0 ? ROW_GAP : 0;

        *minimum += gap + line.minimum;
        *natural += gap + line.natural;
        child = line.end;
    }
}

static void
place(GtkWidget *self, GtkWidget *child, int x, int y, int width, int height)
{
    GtkAllocation area = {x, y, width, height};

    if (gtk_widget_get_direction(self) == GTK_TEXT_DIR_RTL)
        area.x = gtk_widget_get_width(self) - x - width;
    gtk_widget_size_allocate(child, &area, -1);
}

static void
place_line(GtkWidget *self, const Line *line, int y, int height)
{
    int x = 0;

    for (GtkWidget *child = line->first; child != line->end; child = next_child(child)) {
        int width = get_width(line, child);

        place(self, child, x, y, width, height);
        x += width + COLUMN_GAP;
    }
}

static void
kab_wrap_size_allocate(GtkWidget *widget, int width, int height, int baseline G_GNUC_UNUSED)
{
    GtkWidget *child = first_child(widget);
    int y = 0;

    while (child != NULL) {
        Line line = find_line(KAB_WRAP(widget), child, width);

        /* The only line stands in the middle of what there is. */
        place_line(widget, &line, y,
                   child == first_child(widget) && line.end == NULL ? height : line.natural);
        y += line.natural + ROW_GAP;
        child = line.end;
    }
}

static void
kab_wrap_add_child(GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
    if (GTK_IS_WIDGET(child)) {
        kab_shrink_buttons(GTK_WIDGET(child));
        gtk_widget_set_parent(GTK_WIDGET(child), GTK_WIDGET(buildable));
    } else {
        parent_buildable->add_child(buildable, builder, child, type);
    }
}

static void
kab_wrap_buildable_init(GtkBuildableIface *iface)
{
    parent_buildable = g_type_interface_peek_parent(iface);
    iface->add_child = kab_wrap_add_child;
}

static void
kab_wrap_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    KabWrap *self = KAB_WRAP(object);

    if (id == PROP_COLUMN_WIDTH)
        self->column_width = g_value_get_int(value);
    else if (id == PROP_PACKED)
        self->packed = g_value_get_boolean(value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    gtk_widget_queue_resize(GTK_WIDGET(self));
}

static void
kab_wrap_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_COLUMN_WIDTH)
        g_value_set_int(value, KAB_WRAP(object)->column_width);
    else if (id == PROP_PACKED)
        g_value_set_boolean(value, KAB_WRAP(object)->packed);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
kab_wrap_dispose(GObject *object)
{
    GtkWidget *child;

    while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
        gtk_widget_unparent(child);
    G_OBJECT_CLASS(kab_wrap_parent_class)->dispose(object);
}

static void
kab_wrap_class_init(KabWrapClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    object_class->set_property = kab_wrap_set_property;
    object_class->get_property = kab_wrap_get_property;
    object_class->dispose = kab_wrap_dispose;
    widget_class->get_request_mode = kab_wrap_get_request_mode;
    widget_class->measure = kab_wrap_measure;
    widget_class->size_allocate = kab_wrap_size_allocate;

    /**
     * KabWrap:column-width:
     *
     * The width that the first child would like to have at least, so that the others begin at the
     * same place in every row of a list. It gets less rather than that another line begins.
     */
    props[PROP_COLUMN_WIDTH] = g_param_spec_int("column-width", NULL, NULL, 0, G_MAXINT, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
    /**
     * KabWrap:packed:
     *
     * Whether all children stand side by side at the start, as buttons do.
     */
    props[PROP_PACKED] = g_param_spec_boolean("packed", NULL, NULL, FALSE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, N_PROPS, props);
}

static void
kab_wrap_init(KabWrap *self G_GNUC_UNUSED)
{
}
