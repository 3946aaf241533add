"""Words of H5P's buttons and screen reader labels in new content, in the language of our courses.

Some libraries say "undefined" for a label that is missing, others say it in English.
"""

from typing import Any

_CHECK, _AGAIN, _SOLUTION, _TIP = "ตรวจคำตอบ", "ลองใหม่", "ดูเฉลย", "คำใบ้"
_RIGHT, _WRONG = "ถูกต้อง", "ไม่ถูกต้อง"
_SCORE_BAR = "ได้ :num จาก :total คะแนน"

_LABELS: dict[str, dict[str, Any]] = {
    "H5P.MultiChoice": {
        "UI": {
            "checkAnswerButton": _CHECK,
            "submitAnswerButton": "ส่งคำตอบ",
            "showSolutionButton": _SOLUTION,
            "tryAgainButton": _AGAIN,
            "tipsLabel": "ดูคำใบ้",
            "scoreBarLabel": _SCORE_BAR,
            "tipAvailable": "มีคำใบ้",
            "feedbackAvailable": "มีคำอธิบาย",
            "readFeedback": "อ่านคำอธิบาย",
            "correctAnswer": "คำตอบที่ถูก",
            "wrongAnswer": "คำตอบที่ผิด",
            "shouldCheck": "ข้อนี้ควรเลือก",
            "shouldNotCheck": "ข้อนี้ไม่ควรเลือก",
            "noInput": "ตอบก่อนจึงดูเฉลยได้",
        }
    },
    "H5P.TrueFalse": {
        "l10n": {
            "trueText": "ถูก",
            "falseText": "ผิด",
            "score": "ได้ @score จาก @total คะแนน",
            "checkAnswer": _CHECK,
            "submitAnswer": "ส่งคำตอบ",
            "showSolutionButton": _SOLUTION,
            "tryAgain": _AGAIN,
            "wrongAnswerMessage": _WRONG,
            "correctAnswerMessage": _RIGHT,
            "scoreBarLabel": _SCORE_BAR,
        }
    },
    "H5P.Blanks": {
        "checkAnswer": _CHECK,
        "submitAnswer": "ส่งคำตอบ",
        "showSolutions": _SOLUTION,
        "tryAgain": _AGAIN,
        "notFilledOut": "เติมให้ครบทุกช่องก่อนจึงดูเฉลยได้",
        "answerIsCorrect": "':ans' ถูกต้อง",
        "answerIsWrong": "':ans' ไม่ถูกต้อง",
        "answeredCorrectly": "ตอบถูก",
        "answeredIncorrectly": "ตอบไม่ถูก",
        "solutionLabel": "คำตอบที่ถูก:",
        "inputLabel": "ช่องที่ @num จาก @total",
        "inputHasTipLabel": "มีคำใบ้",
        "tipLabel": _TIP,
        "scoreBarLabel": _SCORE_BAR,
    },
    "H5P.DragText": {
        "checkAnswer": _CHECK,
        "submitAnswer": "ส่งคำตอบ",
        "tryAgain": _AGAIN,
        "showSolution": _SOLUTION,
        "dropZoneIndex": "ช่องที่ @index",
        "empty": "ช่องที่ @index ว่าง",
        "contains": "ช่องที่ @index มีคำว่า @draggable",
        "ariaDraggableIndex": "คำที่ @index จาก @count",
        "tipLabel": "ดูคำใบ้",
        "correctText": _RIGHT,
        "incorrectText": _WRONG,
        "correctAnswer": "คำตอบที่ถูก:",
        "feedbackHeader": "คำอธิบาย",
        "resetDropTitle": "เอาคำออก",
        "resetDropDescription": "ต้องการเอาคำออกจากช่องนี้หรือไม่",
        "grabbed": "หยิบคำแล้ว",
        "cancelledDragging": "ยกเลิกการย้าย",
        "scoreBarLabel": _SCORE_BAR,
    },
    "H5P.MarkTheWords": {
        "checkAnswerButton": _CHECK,
        "submitAnswerButton": "ส่งคำตอบ",
        "tryAgainButton": _AGAIN,
        "showSolutionButton": _SOLUTION,
        "correctAnswer": _RIGHT,
        "incorrectAnswer": _WRONG,
        "missedAnswer": "คำนี้ถูก แต่ไม่ได้เลือก",
        "displaySolutionDescription": "แสดงเฉลยในข้อความแล้ว",
        "scoreBarLabel": _SCORE_BAR,
    },
}


def labels(machine_name: str) -> dict[str, Any]:
    """The labels of new content of a library, to be completed with what it asks."""
    return {
        key: dict(value) if isinstance(value, dict) else value for key, value in _LABELS.get(machine_name, {}).items()
    }
