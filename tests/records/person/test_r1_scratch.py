import io, pikepdf, pytest, time
from learning.records.printing.making import print_record, signed
from certification.checking.apart.main import read_paper
from certification.checking.apart import structure
pytestmark = pytest.mark.django_db
@pytest.mark.parametrize("n", [900])
def test_it(record, n):
    facts = record.facts
    line = dict(facts["years"][0]["lines"][0])
    facts["years"][0]["lines"] = [line] * n
    data = signed(print_record(record))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        t = time.process_time()
        print("RESULT", n, len(pdf.pages), len(pdf.objects), len(data), len(list(structure._dictionaries(pdf))), time.process_time() - t)
    t = time.process_time()
    r = read_paper(data)
    print("RESULT", r["problem"], time.process_time() - t)
