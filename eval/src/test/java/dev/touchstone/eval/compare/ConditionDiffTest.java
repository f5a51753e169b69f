package dev.touchstone.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.eval.compare.Conditions.Kind;
import dev.touchstone.generator.run.Host;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionDiffTest {

    private final PlantedRun base = new PlantedRun();
    private final PlantedRun candidate = new PlantedRun();

    private Conditions conditions(String... allowed) {
        return ConditionDiff.of(base.make(), candidate.make(), List.of(allowed));
    }

    @Test
    void equalConditionsAreAnAaTest() {
        candidate.host = new Host("another os", "a processor", 4, 1L << 30, "a java");
        candidate.manifest.put("description", "again");
        Conditions conditions = conditions();

        assertThat(conditions.kind()).isEqualTo(Kind.SAME);
        assertThat(conditions.headline()).contains("A/A");
        assertThat(conditions.irrelevant())
                .extracting(Conditions.Change::name)
                .containsExactly("description", "host.cores", "host.os");
    }

    @Test
    void oneVariableIsTheHeadline() {
        candidate.manifest.put("generation.steps", "4");
        Conditions conditions = conditions();

        assertThat(conditions.kind()).isEqualTo(Kind.ONE_VARIABLE);
        assertThat(conditions.headline()).isEqualTo("only `steps` changed: 12 -> 4");
    }

    @Test
    void severalVariablesAreNotComparableUnlessAllAreAllowedByName() {
        candidate.manifest.put("generation.steps", "4");
        candidate.manifest.put("generation.precision", "int8");
        candidate.model.put("precision", "int8");

        assertThat(conditions().kind()).isEqualTo(Kind.NOT_COMPARABLE);
        assertThat(conditions().headline())
                .contains("precision: fp32 -> int8", "steps: 12 -> 4", "--allow precision,steps");
        assertThat(conditions("steps").kind()).isEqualTo(Kind.NOT_COMPARABLE);
        assertThat(conditions("steps", "precision").kind()).isEqualTo(Kind.JOINT);
        assertThat(conditions("steps", "precision").headline()).contains("joint");
    }

    @Test
    void anotherRulerIsNotComparable() {
        candidate.scoring.put("weightsDigest", PlantedRun.sha("another network"));
        Conditions conditions = conditions();

        assertThat(conditions.kind()).isEqualTo(Kind.NOT_COMPARABLE);
        assertThat(conditions.incomparable())
                .extracting(Conditions.Change::name)
                .containsExactly("metric-weights");
        assertThat(conditions("metric-weights").comparable()).isTrue();
    }

    @Test
    void whatFollowsFromAChangeIsNoChangeOfItsOwn() {
        candidate.manifest.put("model.version", "3");
        candidate.model.put("version", "3");
        candidate.model.put("weightsDigest", PlantedRun.sha("new weights"));

        assertThat(conditions().headline()).isEqualTo("only `model.version` changed: 2 -> 3");
    }

    @Test
    void newWeightsUnderTheSameVersionAreAVariable() {
        candidate.model.put("weightsDigest", "v");

        assertThat(conditions().headline()).isEqualTo("only `weights` changed: w -> v");
    }

    @Test
    void aNameThatIsNoConditionIsAMistakeWithTheNearestOne() {
        assertThatThrownBy(() -> conditions("step", "golden"))
                .isInstanceOf(ComparisonException.class)
                .hasMessageContaining("found \"step\"")
                .hasMessageContaining("did you mean \"steps\"?");
    }
}
