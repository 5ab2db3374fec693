#include <pango/pangocairo.h>

/* From cairo-ft.h, the rest of which needs FreeType's headers. The result is an FT_Face. */
void *cairo_ft_scaled_font_lock_face(cairo_scaled_font_t *scaled_font);
