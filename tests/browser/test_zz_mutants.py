import pytest
from pathlib import Path
from tests.browser import test_broken_line as t
from tests.browser.test_broken_line import enrollment  # noqa
from courses.catalog.models import LessonPage
from learning.sittings.flows import open_sitting

SRC = Path("learning/sittings/static/sittings/sitting.js").read_text()
M = [
 ("test_answers_given_without_a_line_outlive_the_page", "localStorage.setItem(", "void ("),
 ("test_an_answer_that_the_server_could_not_keep_is_tried_again", "timer = setTimeout(flush,", "timer = setTimeout(() => {},"),
 ("test_the_older_of_two_tabs_shows_the_newer_answer", "  show(question, answer);\n  count();\n  paint(question, \"newer\"", "  paint(question, \"newer\""),
 ("test_handing_in_with_open_questions_asks_first", "if (isHandingIn || !open.length) return handIn();", "return handIn();"),
 ("test_a_person_signed_out_elsewhere_is_told_and_loses_nothing", "if (question.words.dataset.state === \"away\") warn(", "if (false) warn("),
 ("test_when_time_runs_out_the_test_is_handed_in_with_what_was_answered", "  if (dialog.open) dialog.close();\n  handIn();", ""),
 ("test_handing_in_without_a_line_happens_when_it_returns", "else if (isHandingIn) await deliver();", ""),
 ("test_answers_given_without_a_line_are_sent_when_it_returns", "if (state === \"waiting\") question", "if (state === \"never\") question"),
]

@pytest.mark.parametrize("name,a,b", M, ids=[m[0] for m in M])
def test_mutant(name, a, b, visit, cast, enrollment):
    assert a in SRC, a
    v = visit("phone", by=cast.malee)
    v.context.route("**/sitting.js", lambda r: r.fulfill(body=SRC.replace(a, b), content_type="text/javascript"))
    v.page.clock.install()
    test = LessonPage.objects.get(slug="final-test")
    v.page.goto(f"{v.address}/sittings/{open_sitting(enrollment, test, by=cast.malee).pk}/")
    with pytest.raises(BaseException) as e:
        getattr(t, name)(v)
    print(name, str(e.value)[:150])
    v.faults.clear()

@pytest.mark.parametrize("js", ["document.body.insertAdjacentHTML('beforeend','<p id=z>low</p>');document.getElementById('z').style.color='#ddd'",
   "document.body.insertAdjacentHTML('beforeend','<div id=z>x</div>');document.getElementById('z').style.width='500px'",
   "new Image().src='http://127.0.0.1:9/x.png'", "console.error('boom')", "fetch('/500x')"])
def test_look(visit, js, cast):
    v = visit("phone")
    v.page.goto(v.address + "/courses/")
    if "500x" in js:
        v.context.route("**/500x", lambda r: r.fulfill(status=500))
    v.page.evaluate(js)
    v.page.wait_for_timeout(300)
    with pytest.raises(AssertionError) as e:
        v.look()
    print(str(e.value)[:250])
