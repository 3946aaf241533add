"""Old questions and quizzes into the bank. What is there already, by its identifier, is left as it is."""

from dataclasses import dataclass, field
from typing import Any

from courses.quizzes.choices import Layout, Navigation
from courses.quizzes.django_quiz.dump import Dump, OldQuestion, OldQuiz
from courses.quizzes.models import Category, Question, Quiz, SubCategory
from courses.quizzes.reading.drafts import CannotRead, Draft, checked

NO_CATEGORY = "django-quiz"


@dataclass
class Written:
    """New objects by their old keys, how many were there before, and what could not be carried over."""

    questions: dict[str, Question] = field(default_factory=dict)
    quizzes: dict[str, Quiz] = field(default_factory=dict)
    new_questions: int = 0
    new_quizzes: int = 0
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def write_bank(dump: Dump, *, name: str) -> Written:
    """Questions are called `<name>-question-<pk>`, quizzes `<name>-<pk>`: a second import finds them again."""
    written = Written()
    for pk, old in dump.questions.items():
        question = Question.objects.filter(uid=f"{name}-question-{pk}").first()
        if question is None:
            question = _new_question(old, dump, name, written)
        if question is not None:
            written.questions[pk] = question
    for pk, old_quiz in dump.quizzes.items():
        quiz = Quiz.objects.filter(uid=f"{name}-{pk}").first()
        if quiz is None:
            quiz = _new_quiz(old_quiz, dump, name, written)
        written.quizzes[pk] = quiz
    return written


def _new_question(old: OldQuestion, dump: Dump, name: str, written: Written) -> Question | None:
    try:
        draft = checked(draft_of(old))
    except CannotRead as error:
        written.faults.append(f"quiz.question {old.pk} was left out: {error}")
        return None
    if old.figure:
        written.remarks.append(f"quiz.question {old.pk}: its picture {old.figure} is not in the dump.")
    written.remarks += [f"quiz.question {old.pk}: {remark}" for remark in draft.remarks]
    category, below = _place(old, dump)
    written.new_questions += 1
    return Question.objects.create(
        uid=f"{name}-question-{old.pk}",
        kind=draft.kind,
        category=category,
        sub_category=below,
        content=draft.content,
        explanation=draft.explanation,
        body=draft.body,
    )


def draft_of(old: OldQuestion) -> Draft:
    """The question in our kinds; a choice is called by the key of its answer, so that sittings find it. CannotRead."""
    common: dict[str, Any] = {"line": 0, "content": old.content, "explanation": old.explanation}
    match old.kind:
        case "true_false":
            return Draft(kind="true_false", body={"correct": old.correct}, **common)
        case "essay":
            return Draft(kind="essay", body={"points": 1}, **common)
        case "multichoice":
            answers = list(old.answers)
            if old.answer_order == "content":
                answers.sort(key=lambda answer: answer.content)
            choices = [{"id": f"a{answer.pk}", "text": answer.content, "correct": answer.correct} for answer in answers]
            right = sum(answer.correct for answer in answers)
            kind = "single_choice" if right == 1 else "multiple_choice"
            remarks = ("Each right answer was enough; now all of them together are.",) if right > 1 else ()
            return Draft(kind=kind, body={"choices": choices}, remarks=remarks, **common)
    raise CannotRead("it is neither multiple choice, true or false nor an essay.")


def _place(old: OldQuestion, dump: Dump) -> tuple[Category, SubCategory | None]:
    """Category and sub-category; a sub-category of another category is made anew under the question's own."""
    below_name, above = dump.sub_categories.get(old.sub_category or "", ("", None))
    name = dump.categories.get(old.category or above or "", "") or NO_CATEGORY
    category, _new = Category.objects.get_or_create(category=name[:250])
    if not below_name:
        return category, None
    return category, SubCategory.objects.get_or_create(category=category, sub_category=below_name[:250])[0]


def _new_quiz(old: OldQuiz, dump: Dump, name: str, written: Written) -> Quiz:
    """Its one question after the other becomes ours; papers are always kept, so `exam_paper` needs no word."""
    own = [pk for pk, question in dump.questions.items() if old.pk in question.quizzes]
    if not old.answers_at_end:
        written.remarks.append(f"quiz.quiz {old.pk}: answers are shown at the end, not after each question.")
    if old.pass_mark == 0:
        written.remarks.append(f"quiz.quiz {old.pk}: its pass mark was 0, here it is 1.")
    category = dump.categories.get(old.category or "", "")
    quiz = Quiz.objects.create(
        uid=f"{name}-{old.pk}",
        title=(old.title or f"{name} {old.pk}")[:200],
        description=old.description,
        category=Category.objects.get_or_create(category=category[:250])[0] if category else None,
        layout=Layout.ONE,
        navigation=Navigation.SEQUENTIAL,
        pass_mark=max(1, old.pass_mark),
        max_questions=old.max_questions,
        random_order=old.random_order,
        shuffle_choices=any(dump.questions[pk].answer_order == "random" for pk in own),
        attempts_allowed=1 if old.single_attempt else 0,
        success_text=old.success_text,
        fail_text=old.fail_text,
        draft=old.draft,
    )
    quiz.questions.set([written.questions[pk] for pk in own if pk in written.questions])
    written.new_quizzes += 1
    return quiz
