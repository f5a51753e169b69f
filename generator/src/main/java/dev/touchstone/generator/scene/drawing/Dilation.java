package dev.touchstone.generator.scene.drawing;

/** Grows areas of a mask by a radius in pixels. */
record Dilation(int width, int height, double radius) {

    byte[] of(boolean[] inside) {
        byte[] out = new byte[inside.length];
        int reach = (int) radius;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (inside[y * width + x]) {
                    mark(out, x, y, reach);
                }
            }
        }
        return out;
    }

    private void mark(byte[] out, int x, int y, int reach) {
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                int px = x + dx;
                int py = y + dy;
                if (px >= 0
                        && py >= 0
                        && px < width
                        && py < height
                        && dx * dx + dy * dy <= (radius + 0.3) * (radius + 0.3)) {
                    out[py * width + px] = (byte) 255;
                }
            }
        }
    }
}
