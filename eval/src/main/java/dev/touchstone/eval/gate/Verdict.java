package dev.touchstone.eval.gate;

/** What a rule, a cohort or a whole release came to. */
public enum Verdict {
    PASS("PASS"),
    FAIL("FAIL"),
    INCONCLUSIVE("INCONCLUSIVE"),
    NOT_COMPARABLE("NOT COMPARABLE"),
    SUSPECT("SUSPECT");

    private final String id;

    Verdict(String id) {
        this.id = id;
    }

    /** The name in results. */
    public String id() {
        return id;
    }
}
