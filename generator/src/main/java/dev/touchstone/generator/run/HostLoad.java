package dev.touchstone.generator.run;

import java.util.OptionalDouble;

/**
 * How busy the machine was while a request ran. With several requests at once the process's share is that of all of them.
 *
 * @param processorSeconds processor time of this process, all threads
 * @param busyShare share of the machine's processor time that anybody used, in [0, 1]
 * @param stealShare share that the machine beneath took away, in [0, 1]; empty where the system does not say
 * @param loadAverage processes that ran or wanted to, mean of the last minute, at the end; empty where the system does not say
 */
public record HostLoad(
        double processorSeconds, OptionalDouble busyShare, OptionalDouble stealShare, OptionalDouble loadAverage) {}
