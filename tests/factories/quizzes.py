"""Questions and quizzes."""

from typing import Any

from courses.quizzes.models import Category, Question, Quiz


def make_question(number: int = 1, *, kind: str = "single_choice", **fields: Any) -> Question:
    """A question whose right answer is ก (single), ก and ข (multiple), or true."""
    category, _created = Category.objects.get_or_create(category=fields.pop("category", "การตรวจนับเงินสด"))
    body: dict[str, Any] = {"correct": True}
    if kind != "true_false":
        right = {"ก"} if kind == "single_choice" else {"ก", "ข"}
        body = {"choices": [{"text": text, "correct": text in right} for text in "กขคง"]}
    values: dict[str, Any] = {
        "uid": f"question-{number}",
        "content": f"คำถามที่ {number}",
        "explanation": f"คำอธิบายลับที่ {number}",
        "source": "พ.ร.บ. สหกรณ์ พ.ศ. 2542 มาตรา 65",
        "body": body,
    }
    return Question.objects.create(kind=kind, category=category, **{**values, **fields})


def make_quiz(uid: str = "final", *, questions: int = 4, **fields: Any) -> Quiz:
    """A quiz of single choice questions, passed at 70 percent."""
    quiz = Quiz.objects.create(uid=uid, **{"title": "แบบทดสอบท้ายหลักสูตร", **fields})
    quiz.questions.set([make_question(number, uid=f"{uid}-{number}") for number in range(1, questions + 1)])
    return quiz


def right_answer(body: dict[str, Any]) -> Any:
    """The kept answer that is right for a question's body; of choices, true or false, and control checks only."""
    if "weaknesses" in body:
        weak = {step for weakness in body["weaknesses"] for step in weakness["steps"]}
        return {"steps": sorted(weak), "fix": next(fix["id"] for fix in body["fixes"] if fix["weakness"])}
    if "choices" in body:
        return sorted(choice["id"] for choice in body["choices"] if choice["correct"])
    return "true" if body["correct"] else "false"


def wrong_answer(body: dict[str, Any]) -> Any:
    """A kept answer that is wrong."""
    if "choices" in body:
        return [next(choice["id"] for choice in body["choices"] if not choice["correct"])]
    return "false" if body["correct"] else "true"
