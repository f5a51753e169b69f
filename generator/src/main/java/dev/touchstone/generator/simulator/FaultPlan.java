package dev.touchstone.generator.simulator;

import dev.touchstone.generator.scene.CounterRandom;
import java.util.List;
import java.util.Optional;

/** Which requests go wrong, and how. What happens to a request depends on nothing but the request and how often it came. */
@FunctionalInterface
public interface FaultPlan {

    /** Nothing goes wrong. */
    FaultPlan NONE = (request, attempt) -> Optional.empty();

    /**
     * @param request what makes the request itself, such as prompt and seed
     * @param attempt how often the same request came before, from 0
     */
    Optional<Fault> strike(String request, int attempt);

    /** Every request suffers this. */
    static FaultPlan always(Fault fault) {
        return (request, attempt) -> Optional.of(fault);
    }

    /** The tries of every request suffer these in turn, and nothing goes wrong afterwards. */
    static FaultPlan first(Fault... faults) {
        List<Fault> inTurn = List.of(faults);
        return (request, attempt) -> attempt < inTurn.size() ? Optional.of(inTurn.get(attempt)) : Optional.empty();
    }

    /**
     * Any fault, each as likely, for a share of first tries; second and later tries fare half as badly each time.
     *
     * @param share of first tries, in [0, 1]
     */
    static FaultPlan storm(long seed, double share) {
        return (request, attempt) -> {
            CounterRandom random = new CounterRandom(seed, "fault " + request, attempt);
            return random.chance(share / (1L << Math.min(attempt, 30)))
                    ? Optional.of(random.pick(STORM))
                    : Optional.empty();
        };
    }

    /** What a storm is made of: all that a careful client survives. */
    List<Fault> STORM = List.of(
            Fault.RESET_BEFORE,
            Fault.RESET_AFTER,
            Fault.TRUNCATED_BODY,
            Fault.WRONG_TYPE,
            Fault.RATE_LIMITED,
            Fault.RATE_LIMITED,
            Fault.UNAVAILABLE,
            Fault.BARE_ERROR,
            Fault.MODERATED,
            Fault.WRONG_SIZE,
            Fault.FEWER_IMAGES,
            Fault.NOT_A_PICTURE,
            Fault.JSON_FOR_STREAM,
            Fault.DUPLICATE);
}
