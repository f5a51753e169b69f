/**
 * Files that survive a killed process: atomic replacement, JSON lines with torn-line repair, CSV cells, digests. Knows no domain
 * words and uses nothing of the other rooms. Uses no other room.
 */
package dev.touchstone.metrics.file;
