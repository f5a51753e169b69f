package dev.touchstone.generator.scene.drawing;

/** A style: how one part goes onto the canvas. Parts come back to front. */
interface Treatment {
    void paint(Canvas canvas, Part part);

    /** The treatment for a style, with its measures in pixels of the canvas. */
    static Treatment of(String style, long variation, double shortSide, double light) {
        return switch (style) {
            case "flat" -> new Flat(shortSide);
            case "outline" -> new Contoured(shortSide);
            case "low-poly" -> new LowPoly(variation, shortSide, light);
            case "pixel" -> new Pixelled(light);
            case "painterly" -> new Painterly(variation, shortSide, light);
            default -> new Shaded(light);
        };
    }

    /** Smooth light. */
    record Shaded(double light) implements Treatment {
        @Override
        public void paint(Canvas canvas, Part part) {
            canvas.fill(part.outline(), lit(part, light, 1));
        }
    }

    /** Solid colours; the lightest ones get a thin edge, so that white stands out from a light ground. */
    record Flat(double shortSide) implements Treatment {
        @Override
        public void paint(Canvas canvas, Part part) {
            if (part.volume() == Volume.GLINT) {
                return;
            }
            canvas.fill(part.outline(), part.ink());
        }
    }

    /** Dark thick contours around pale fills. */
    record Contoured(double shortSide) implements Treatment {
        private static final int DARK = 0x1E1A24;

        @Override
        public void paint(Canvas canvas, Part part) {
            switch (part.volume()) {
                case GLINT, SHADOW -> {}
                case GROUND, INK -> canvas.fill(part.outline(), part.ink());
                case BALL, TUBE, SLAB -> {
                    Ink ink = part.ink();
                    canvas.fill(part.outline(), (x, y) -> Tone.mix(ink.at(x, y), 0xFFFFFF, 0.3));
                    canvas.fill(part.outline().contour(shortSide * 0.036), Ink.of(DARK));
                }
            }
        }
    }

    /** Few cells, three tones. */
    record Pixelled(double light) implements Treatment {
        @Override
        public void paint(Canvas canvas, Part part) {
            if (part.volume() == Volume.GLINT || part.volume() == Volume.SHADOW) {
                return;
            }
            Ink ink = part.ink();
            canvas.fill(part.outline(), (x, y) -> {
                double t = part.volume().light(part.box(), x, y, light);
                return Tone.light(ink.at(x, y), t > 0.13 ? 0.2 : t < -0.14 ? -0.24 : 0);
            });
        }
    }

    /** The colour of a part under a light from one side. */
    static Ink lit(Part part, double light, double strength) {
        Ink ink = part.ink();
        if (part.volume() == Volume.BALL || part.volume() == Volume.TUBE || part.volume() == Volume.SLAB) {
            return (x, y) -> Tone.light(ink.at(x, y), strength * part.volume().light(part.box(), x, y, light));
        }
        return ink;
    }
}
