package dev.touchstone.generator.scene.drawing;

/** A style: how one part goes onto the canvas. Parts come back to front. */
interface Treatment {
    void paint(Canvas canvas, Part part);

    /**
     * The treatment for a style.
     *
     * @param shortSide of the canvas, in its pixels
     * @param half half the side of the subject's box, in short sides
     * @param light -1 where the light comes from the left, 1 from the right
     */
    static Treatment of(String style, long variation, double shortSide, double half, double light) {
        return switch (style) {
            case "flat" -> new Flat();
            case "outline" -> new Contoured(shortSide * (0.019 + 0.044 * half));
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

    /** Solid colours. */
    record Flat() implements Treatment {
        @Override
        public void paint(Canvas canvas, Part part) {
            if (part.volume() == Volume.GLINT) {
                return;
            }
            canvas.fill(part.outline(), part.ink());
        }
    }

    /** Dark thick contours around pale fills. */
    record Contoured(double line) implements Treatment {
        private static final int DARK = 0x1E1A24;

        @Override
        public void paint(Canvas canvas, Part part) {
            switch (part.volume()) {
                case GLINT, SHADOW -> {}
                case GROUND, INK -> canvas.fill(part.outline(), part.ink());
                case BALL, TUBE, SLAB -> {
                    Ink ink = part.ink();
                    canvas.fill(part.outline(), (x, y) -> Tone.mix(ink.at(x, y), 0xFFFFFF, 0.3));
                    canvas.fill(part.outline().contour(line), Ink.of(DARK));
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
            canvas.demand(part.volume() == Volume.INK ? 0.3 : 0.45);
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
            return (x, y) -> {
                int colour = ink.at(x, y);
                double t = strength * part.volume().light(part.box(), x, y, light);
                return Tone.light(colour, t > 0 ? t * (0.4 + 0.6 * Math.min(1, Tone.lightness(colour) * 2.2)) : t);
            };
        }
        return ink;
    }
}
