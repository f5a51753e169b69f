/**
 * Work as lists of plain tasks, run by an executor: in this process now, on other machines by an executor that somebody adds. A
 * task and its result are lines of JSON; what runs them is opened by name where they run, so nothing is sent but text. Uses no
 * other room.
 */
package dev.touchstone.generator.task;
