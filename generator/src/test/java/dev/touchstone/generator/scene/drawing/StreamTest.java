package dev.touchstone.generator.scene.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamTest {

    /** As drawn by this class when the shipped scenes were made: their pixels depend on these very numbers. */
    @Test
    void theStreamStaysWhatItWas() {
        Stream stream = new Stream(7, "hair");
        assertThat(new double[] {stream.next(), stream.next(), stream.at(5)})
                .containsExactly(0.49785376775755175, 0.7656574836698399, 0.11843962095283445);
    }
}
