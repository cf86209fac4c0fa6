"""Words that speak of a worker's wages alone, and of a room given for work: what makes a sum in an offer of rooms or lifts pay.

The words for pay of `pay_words` also name what a lodger or a passenger pays ("оплата", "plata", "payment", "stawka"), and an
income may be what a landlord asks of tenants; "płacimy" is what flatmates pay together. Languages stand in the order en, pl, uk, ru, bg, cs/sk, de, ro, es, hu.
"""

from __future__ import annotations

from screening.signals.number_tokens import Lexicon, scan
from screening.text.document import Document

WAGES: Lexicon[bool] = Lexicon(
    {
        True: "wage, wages, salary, salaries, you earn, you will earn, youll earn, earn up to, earnings, we pay you, we will pay you, pays you, you get paid, "
        "wynagrodzeni*, zarobk*, zarobisz, zarabiasz, pensja, pensji, pensję, płaca, wypłata, "
        "зарплат*, заробітн* плат*, заробіт*, зароблят*, зп, з / п, "
        "заработн* плат*, заработ*, зарабатыва*, оклад*, платим вам, "
        "заплата, заплатата, надница, плащаме ви, "
        "mzda, mzdy, mzdu, výplata, výplatu, výdělek, zárobok, vyděláte, zarobíte, plat je, "
        "lohn, *lohn, gehalt, *gehalt, vergütung, verdienst, verdienen, verdienst du, du verdienst, sie verdienen, wir zahlen dir, wir zahlen ihnen, "
        "salariu*, câștig, câștigi, câștigați, leafa, te plătim, vă plătim, "
        "sueldo*, salario*, ganas, ganarás, jornal, te pagamos, le pagamos, "
        "bér, bére, béred, órabér*, munkabér*, alapbér*, havibér*, napibér*, fizetést adunk, kereset, keresete, keresetet, kereseti"
    }
)

_WORK_FOR_ROOM: Lexicon[bool] = Lexicon(
    {
        True: "in exchange for, in return for help, in return for work, live - in, au pair, au - pair, "
        "w zamian za, za pomoc, za pracę, za opiekę, "
        "в обмін на, за допомогу, за роботу, за догляд, в обмен на, за помощь, за работу, за уход, "
        "в замяна на, срещу помощ, срещу работа, "
        "výměnou za, za pomoc, za práci, výmenou za, za prácu, za výpomoc, "
        "gegen hilfe, gegen mithilfe, gegen arbeit, gegen mitarbeit, gegen betreuung, "
        "în schimbul, in schimb pentru, contra ajutor, "
        "a cambio de, "
        "cserébe, munkáért, segítségért"
    }
)


def offers_work(document: Document) -> bool:
    """Whether an offer of a room or a lift speaks of wages, or gives the room for work: its price field is pay then."""
    for field in document.fields:
        tokens = scan(field.repaired.text)
        if any(lexicon.has(tokens, at) for lexicon in (WAGES, _WORK_FOR_ROOM) for at in lexicon.openings(tokens)):
            return True
    return False
