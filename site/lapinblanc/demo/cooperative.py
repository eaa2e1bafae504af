"""The demo's members in their colleges, what they say under the news, who reads the letter, and two collections proposed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.test.utils import override_settings

from editorial.discussion.commenting import comment
from editorial.models import NewsPage
from editorial.newsletter.consent import ask, confirm
from editorial.newsletter.models import Issue, Subscriber
from editorial.proposals.proposing import propose
from lapinblanc.accounts.models import User
from lapinblanc.cooperative.models import Member
from lapinblanc.cooperative.register import enrol
from lapinblanc.demo.house import House

AT = "@demo.lapinblanc.example"
# College, day of entry, and the beginning of the address.
MEMBERS = (
    ("creators", date(2024, 1, 20), "atelier-maelle"), ("creators", date(2024, 1, 20), "osier-blanc"), ("creators", date(2024, 3, 2), "le-metier-de-suzanne"),
    ("creators", date(2025, 9, 12), "terre-et-sel"), ("buyers", date(2024, 6, 5), "alice"), ("buyers", date(2025, 11, 30), "hugo"), ("buyers", date(2026, 2, 14), "ines"),
    ("employees", date(2025, 4, 1), "redaction"), ("partners", date(2025, 10, 8), "samir"),
)
# News, who, and what; an answer follows the comment that it answers.
COMMENTS = (
    ("assemblee-de-janvier", "osier-blanc", "Je propose d’inscrire la question des colis de plus de cinq kilos. À Villaines, nous sommes quatre à perdre de l’argent sur chaque panier à bûches.", False),
    ("assemblee-de-janvier", "le-metier-de-suzanne", "Je signe. Et je peux venir avec les chiffres de trois hivers.", True),
    ("assemblee-de-janvier", "alice", "Les acheteuses peuvent-elles assister en visioconférence sans prendre la parole ? Je travaille le samedi matin.", False),
    ("la-recherche-expliquee", "hugo", "C’est la première fois qu’on me montre la balance avec les poids dessus.", False),
)
READERS = (("lectrice", ("stories", "collections", "cooperative")), ("lecteur", ("stories",)), ("voisine", ("cooperative",)))
PROPOSALS = (
    ("alice", "Alice", "Pour une première cuisine", "Mon frère emménage. J’ai rassemblé ce que j’aurais aimé recevoir : trois pièces qui servent tous les jours, et aucune que l’on range.",
     (("atelier-maelle", 0), ("planches-et-merveilles", 0), ("terre-et-sel", 2))),
    ("atelier-maelle", "Maëlle", "Ce qui tient dans une main", "Des pièces de quatre ateliers que l’on connaît d’abord au toucher. L’idée est venue à Moirans, autour d’une table, quand chacun a sorti ce qu’il avait dans sa poche.",
     (("lile-aux-copeaux", 1), ("laiton-et-lichen", 3), ("savons-de-lestaque", 0), ("feutre-et-compagnie", 4))),
)


def _person(name: str) -> User:
    return User.objects.get(email=name + AT)


def create_members() -> None:
    for college, joined, name in MEMBERS:
        enrol(user=_person(name), college=college, joined=joined)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def create_conversations(house: House) -> None:
    """Comments, readers of the letter with a letter being written, and proposals, by the verbs that people's clicks call."""
    before: Any = None
    for number, (slug, name, text, answers) in enumerate(COMMENTS, start=1):
        page, member = NewsPage.objects.get(slug=slug), Member.objects.get(user=_person(name))
        before = comment(page=page, member=member, text=text, key=UUID(int=number), parent=before if answers else None)
    for name, topics in READERS:
        ask(email=name + AT, topics=topics, language="fr", place="/")
        confirm(subscriber=Subscriber.objects.get(email=name + AT))
    Issue.objects.create(
        title="Décembre aux ateliers",
        foreword="<p>Le mois où l’on nous demande si ce sera arrivé. La réponse est sur chaque fiche ; le reste, ce sont des histoires. Bonne lecture.</p>",
    )
    for name, signed, title, why, pieces in PROPOSALS:
        numbers = [house.piece(boutique, {"index": index}).pk for boutique, index in pieces]
        propose(user=_person(name), title=title, why=why, listings=numbers, name=signed)
