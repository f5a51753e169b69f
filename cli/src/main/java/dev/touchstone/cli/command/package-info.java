/** One class per command: options in, a call to the rooms, an answer on standard output. */
package dev.touchstone.cli.command;
