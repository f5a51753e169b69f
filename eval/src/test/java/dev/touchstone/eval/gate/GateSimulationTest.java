package dev.touchstone.eval.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.eval.gate.GateSimulation.Said;
import dev.touchstone.eval.gate.GateSimulation.Truth;
import dev.touchstone.eval.gate.GateSimulation.World;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The error rates of the gate at a size of seconds; the full size is in the docs. 200 releases of a chance of 0.05 give more than
 * 0.10 once in a thousand times, and the draws are fixed.
 */
class GateSimulationTest {

    private static final int RELEASES = 200;

    private static double share(List<Said> said, Predicate<Said> what) {
        return said.stream().filter(what).count() / (double) said.size();
    }

    @Test
    void whatIsAsGoodIsSeldomFailedOrCalledBetter() {
        for (World world : List.of(new World(12, 20, 4, 0.5, 0.8), new World(12, 60, 1, 0.9, 0.8))) {
            List<Said> said = new GateSimulation(world, 1).run(Truth.SAME, RELEASES);
            assertThat(share(said, Said::failed)).as(world.toString()).isLessThanOrEqualTo(0.08);
            assertThat(share(said, Said::better)).as(world.toString()).isLessThanOrEqualTo(0.09);
        }
    }

    @Test
    void whatStandsAtAMarginSeldomShips() {
        List<Said> said = new GateSimulation(World.asked(4, 0.5), 2).run(Truth.AT_THE_MARGIN, RELEASES);
        assertThat(share(said, Said::shipped)).isLessThanOrEqualTo(0.09);
    }

    @Test
    void aLossOfTenPointsInOneCohortIsFoundThere() {
        World world = World.asked(4, 0.5);
        assertThat(world.prompts()).isBetween(100, 400);
        List<Said> said = new GateSimulation(world, 3).run(Truth.TEN_POINTS_FEWER, RELEASES);
        assertThat(share(said, Said::found)).isGreaterThanOrEqualTo(0.75);
    }

    @Test
    void theSameSeedGivesTheSameReleases() {
        World world = new World(3, 10, 2, 0.5, 0.8);
        assertThat(new GateSimulation(world, 4).run(Truth.SAME, 20))
                .isEqualTo(new GateSimulation(world, 4).run(Truth.SAME, 20));
    }
}
