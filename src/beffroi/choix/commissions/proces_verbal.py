"""Le procès-verbal d'une réunion :
qui était là, le quorum, chaque affaire et chaque vote, les observations.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from beffroi.choix.commissions import queries, rules
from beffroi.choix.commissions.models import Deliberation, Point, Reunion, Siege
from beffroi.choix.commissions.mots import Fonction, Presence, Sorte
from beffroi.seance.ouverture.rules import convocation, quorum
from formats import dates
from formats.document import (
    Bloc,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Formulaire,
    Liste,
    Paragraphe,
    Phrase,
    SousTitre,
    Tableau,
    phrase,
)


def composer(reunion: Reunion, *, etabli_le: datetime) -> Document:
    """Le même document en ODT et en PDF ; avant la clôture, un aperçu."""
    sieges, points = queries.sieges_de(reunion), queries.points_de(reunion)
    organisme = reunion.commission.organisme
    return Document(
        titre="Procès-verbal de réunion",
        objet=f"{reunion.commission.nom}, {dates.jour(reunion.prevue_le)}",
        reference=reunion.reference,
        emetteur=Emetteur(organisme.nom, organisme.adresse),
        etabli_le=etabli_le,
        nature="Réunion",
        chapitres=(
            Chapitre("La réunion", tuple(_reunion(reunion))),
            Chapitre("Les présents et le quorum", tuple(_presents(reunion, sieges))),
            Chapitre(
                "Les affaires", tuple(bloc for point in points for bloc in _affaire(point, sieges))
            ),
            Chapitre("Les observations", tuple(_observations(reunion))),
            Chapitre("Signatures", tuple(_signatures(sieges))),
        ),
    )


def _reunion(reunion: Reunion) -> Iterator[Bloc]:
    convoquee = dates.jour_et_heure(reunion.convoquee_le) if reunion.convoquee_le else "pas encore"
    yield Fiche(
        (
            ("Commission", phrase(reunion.commission.nom)),
            ("Tenue le", phrase(dates.jour_et_heure(reunion.prevue_le))),
            ("Lieu", phrase(reunion.lieu)),
            ("À distance", phrase("permis par la convocation" if reunion.a_distance else "non")),
            ("Convoquée le", phrase(convoquee)),
            (
                "Close le",
                phrase(dates.jour_et_heure(reunion.close_le) if reunion.close_le else "pas encore"),
            ),
        )
    )
    if reunion.annulee:
        yield Paragraphe(phrase(f"Cette réunion est annulée : {reunion.annulee.motif}"), "note")
    if reunion.suite_de:
        yield Paragraphe(
            phrase(
                f"Seconde convocation, après la réunion {reunion.suite_de.reference}, "
                "close faute de quorum."
            ),
            "note",
        )


def _presents(reunion: Reunion, sieges: Sequence[Siege]) -> Iterator[Bloc]:
    yield Tableau(
        legende="Qui est venu",
        entetes=("Personne", "Place", "Présence"),
        lignes=tuple(
            (phrase(str(s)), phrase(Fonction(s.fonction).dit), phrase(presence_dite(s)))
            for s in sieges
        ),
        largeurs=(4, 3, 4),
    )
    yield Liste(tuple(phrase(texte) for texte in constats(reunion, sieges)))


def constats(reunion: Reunion, sieges: Sequence[Siege]) -> list[str]:
    """Le quorum et la convocation, en phrases :
    les règles de la séance d'ouverture, les mêmes mots.
    """
    table = rules.table(
        queries.places(sieges),
        convoquee_le=queries.jour_de(reunion.convoquee_le) if reunion.convoquee_le else None,
        delai=reunion.commission.delai_en_jours_francs,
        seconde=reunion.suite_de_id is not None,
    )
    dits = [*quorum(table).motifs, *convocation(table, seance_du=reunion.jour).motifs]
    pourquoi = [f"Pourquoi ce délai : {reunion.motif_du_delai}"] if reunion.motif_du_delai else []
    return [*(str(motif) for motif in dits), *pourquoi]


def presence_dite(siege: Siege) -> str:
    """« À distance, remplace Y » ; un suppléant qui ne remplace personne assiste sans voix."""
    dite = Presence(siege.presence).dit if siege.presence else "Non notée"
    if siege.remplace:
        return f"{dite}, remplace {siege.remplace.nom}"
    return dite


def _affaire(point: Point, sieges: Sequence[Siege]) -> Iterator[Bloc]:
    yield SousTitre(f"{point.rang}. {point.get_objet_display()} : {point}")
    yield Paragraphe(phrase(f"Consultation {point.consultation.reference}."))
    if point.reunion.commission.sorte == Sorte.JURY:
        yield Paragraphe(
            phrase(
                "Le jury examine les projets sans savoir de qui ils sont (CCP, art. R. 2162-18)."
            ),
            "note",
        )
    for siege in sieges:
        for deport in siege.deports.all():
            if deport.point_id == point.pk:
                raison = f" : {deport.motif}" if deport.motif else ""
                yield Paragraphe(phrase(f"{siege.nom} se retire de cette affaire{raison}."), "note")
    votes = sorted(point.deliberations.all(), key=lambda d: d.rang)
    if not votes:
        yield Paragraphe(phrase("Cette affaire n'est pas votée."))
    for vote in votes:
        yield Paragraphe(_vote(vote, dernier=vote is votes[-1]))
        yield Paragraphe(phrase(vote.quorum), "note")


def _vote(vote: Deliberation, *, dernier: bool) -> Phrase:
    remplace = "" if dernier else " Ce vote est remplacé par le suivant."
    return phrase(f"{vote.enonce}{remplace}")


def _observations(reunion: Reunion) -> Iterator[Bloc]:
    if not reunion.observations:
        yield Paragraphe(phrase("Aucune observation."))
    for observation in reunion.observations:
        yield Paragraphe(phrase(f"{observation['nom']} : {observation['texte']}"))


def _signatures(sieges: Sequence[Siege]) -> Iterator[Bloc]:
    signataires = [s.nom for s in sieges if s.presence in (Presence.PRESENT, Presence.DISTANCE)]
    if not signataires:
        yield Paragraphe(phrase("Personne n'est présent."))
        return
    yield Formulaire(legende="Signatures", champs=tuple(signataires))
