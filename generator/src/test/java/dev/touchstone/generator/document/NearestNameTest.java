package dev.touchstone.generator.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    @Test
    void distanceCountsInsertionsDeletionsSubstitutionsAndSwaps() {
        assertThat(NearestName.distance("", "")).isZero();
        assertThat(NearestName.distance("heun", "heun")).isZero();
        assertThat(NearestName.distance("huen", "heun")).isEqualTo(1);
        assertThat(NearestName.distance("hen", "heun")).isEqualTo(1);
        assertThat(NearestName.distance("heunn", "heun")).isEqualTo(1);
        assertThat(NearestName.distance("haun", "heun")).isEqualTo(1);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void theNearestNameIsFoundIfItIsNearEnough() {
        List<String> names = List.of("fid", "kid", "lpips-reference", "lpips-target");
        assertThat(NearestName.of("kdi", names)).contains("kid");
        assertThat(NearestName.of("lpips-refrence", names)).contains("lpips-reference");
        assertThat(NearestName.of("lpips_target", names)).contains("lpips-target");
        assertThat(NearestName.of("adherence", names)).isEmpty();
        assertThat(NearestName.of("xyz", names)).isEmpty();
        assertThat(NearestName.of("fid", List.of())).isEmpty();
    }

    @Test
    void equallyNearNamesGiveTheFirst() {
        assertThat(NearestName.of("aid", List.of("fid", "kid"))).contains("fid");
    }
}
