package dev.touchstone.eval.label;

import dev.touchstone.generator.run.ImageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Merges votes by counting: the most frequent answer is the verdict, and where several are most frequent there is none. A
 * flaw is there if more than half of the reviewers named it.
 */
public final class MajorityMerge {

    private record Asked(ImageId image, Question question) implements Comparable<Asked> {
        @Override
        public int compareTo(Asked other) {
            int order = image.compareTo(other.image);
            return order != 0 ? order : question.compareTo(other.question);
        }
    }

    private MajorityMerge() {}

    /**
     * One verdict per image and question that somebody answered, in image and question order.
     *
     * @param current votes that count, at most one of each key
     */
    public static List<Verdict> of(List<Vote> current) {
        Map<Asked, List<Answer>> answers = new TreeMap<>();
        for (Vote vote : current) {
            answers.computeIfAbsent(new Asked(vote.image(), vote.answer().question()), asked -> new ArrayList<>())
                    .add(vote.answer());
        }
        List<Verdict> verdicts = new ArrayList<>();
        answers.forEach((asked, given) ->
                verdicts.add(asked.question() == Question.FLAWS ? flaws(asked, given) : counted(asked, given)));
        return verdicts;
    }

    private static Verdict counted(Asked asked, List<Answer> answers) {
        Map<String, Integer> counts = new TreeMap<>();
        answers.forEach(answer -> counts.merge(answer.text(), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        List<String> frequent = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        OptionalDouble mean = answers.stream()
                .filter(Answer.Rating.class::isInstance)
                .mapToInt(answer -> ((Answer.Rating) answer).grade())
                .average();
        Optional<Double> meanGrade = mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
        boolean decided = frequent.size() == 1;
        return new Verdict(
                asked.image(),
                asked.question(),
                decided ? Answer.parse(asked.question(), frequent.get(0)) : Optional.empty(),
                answers.size(),
                decided ? most : 0,
                decided ? List.of() : frequent,
                meanGrade);
    }

    private static Verdict flaws(Asked asked, List<Answer> answers) {
        Map<String, Long> counts = answers.stream()
                .flatMap(answer -> ((Answer.Flaws) answer).tags().stream())
                .collect(Collectors.groupingBy(tag -> tag, TreeMap::new, Collectors.counting()));
        SortedSet<String> named = new TreeSet<>();
        List<String> tied = new ArrayList<>();
        counts.forEach((tag, count) -> {
            if (2 * count > answers.size()) {
                named.add(tag);
            } else if (2 * count == answers.size()) {
                tied.add(tag);
            }
        });
        Answer.Flaws value = new Answer.Flaws(named);
        int agreeing = (int) answers.stream().filter(value::equals).count();
        return new Verdict(
                asked.image(), asked.question(), Optional.of(value), answers.size(), agreeing, tied, Optional.empty());
    }
}
