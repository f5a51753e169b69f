package dev.touchstone.metrics.metric.linear;

import dev.touchstone.metrics.feature.FeatureMatrix;

/** Features as rows. */
record FeatureRows(FeatureMatrix features) implements Rows {

    @Override
    public int rows() {
        return features.rows();
    }

    @Override
    public int columns() {
        return features.columns();
    }

    @Override
    public void read(int from, int count, double[] into) {
        int offset = from * columns();
        for (int i = 0; i < count * columns(); i++) {
            into[i] = features.values()[offset + i];
        }
    }

    @Override
    public Rows select(int[] indices) {
        return new Selection(features, indices);
    }

    /** Some of them, in an order of their own. */
    private record Selection(FeatureMatrix features, int[] indices) implements Rows {

        @Override
        public int rows() {
            return indices.length;
        }

        @Override
        public int columns() {
            return features.columns();
        }

        @Override
        public void read(int from, int count, double[] into) {
            int columns = columns();
            for (int i = 0; i < count; i++) {
                int offset = indices[from + i] * columns;
                for (int j = 0; j < columns; j++) {
                    into[i * columns + j] = features.values()[offset + j];
                }
            }
        }

        @Override
        public Rows select(int[] chosen) {
            int[] rows = new int[chosen.length];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = indices[chosen[i]];
            }
            return new Selection(features, rows);
        }
    }
}
