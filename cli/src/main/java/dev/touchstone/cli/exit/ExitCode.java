package dev.touchstone.cli.exit;

/** What the command's exit status means. The numbers are an interface: scripts and CI jobs depend on them. */
public enum ExitCode {
    DONE(0, "done"),
    INTERNAL_ERROR(1, "internal error"),
    INVALID_INPUT(2, "usage or invalid input"),
    GATE_FAILED(10, "gate failed"),
    INCONCLUSIVE(11, "inconclusive"),
    NOT_COMPARABLE(12, "not comparable, or baseline missing"),
    SUSPECT(13, "suspect: a false-win rule fired"),
    BACKEND_FAILED(20, "back end unreachable, or too many failures"),
    INTERRUPTED(130, "interrupted"),
    TERMINATED(143, "terminated");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The process exit status. */
    public int status() {
        return status;
    }

    /** What is printed as the last line on standard error. */
    public String meaning() {
        return meaning;
    }

    /** The last line on standard error of a process that ends with a status other than 0. */
    public String lastLine() {
        return "touchstone: " + meaning + " (exit " + status + ")";
    }

    /** The exit code with a status, for printing its meaning. */
    public static ExitCode of(int status) {
        for (ExitCode code : values()) {
            if (code.status == status) {
                return code;
            }
        }
        return INTERNAL_ERROR;
    }
}
