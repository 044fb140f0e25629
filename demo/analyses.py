"""L'analyse de la démonstration, en cours :
deux évaluateurs ont noté, une offre est retenue, l'autre ne l'est pas encore.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse import services
from beffroi.choix.analyse.models import Evaluateur, Offre
from demo.peuplement import Troupe
from droit.achat import Critere, SousCritere

CRITERES = (
    Critere(nom="Prix", sorte="prix", poids=Decimal(50)),
    Critere(
        nom="Valeur technique",
        sorte="technique",
        poids=Decimal(40),
        sous_criteres=(
            SousCritere(nom="Méthode", poids=Decimal(25)),
            SousCritere(nom="Équipe", poids=Decimal(15)),
        ),
    ),
    Critere(nom="Délai", sorte="délai", poids=Decimal(10)),
)
NOTES = {"helene": ((8, 7, 9), (6, 8, 7)), "bernard": ((7, 8, 9), (9, 7, 6))}
POURQUOI = "Le mémoire nomme l'équipe et décrit chaque étape."


def raconter(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    """La grille, deux évaluateurs, leurs notes ;
    le montant et les notes de la première offre seulement sont retenus.
    """
    par = troupe.personnes["martine"]
    choix = services.ChoixDeGrille(
        echelle=Decimal(10), formule="proportionnelle", recopies=CRITERES
    )
    services.arreter_la_grille(
        consultation=consultation, lot=None, choix=choix, par=par, maintenant=le
    )
    offres = services.inscrire_les_offres(
        consultation=consultation, lot=None, par=par, maintenant=le
    )
    for qui, valeurs in NOTES.items():
        noter(
            nommer(consultation, troupe, qui, le=le), offres, valeurs, le=le + timedelta(minutes=30)
        )
    premiere = offres[0]
    montant = services.Montant(montant=Decimal("41250.00"), provenance="acte")
    services.retenir_un_montant(
        offre=premiere, choix=montant, par=par, maintenant=le + timedelta(hours=1)
    )
    retenues = [
        services.Retenue(premiere.reference, critere, Decimal(valeur), POURQUOI)
        for critere, valeur in (("2.1", "7.5"), ("2.2", "7.5"), ("3", "9"))
    ]
    services.retenir_les_notes(
        consultation=consultation,
        lot=None,
        retenues=retenues,
        par=par,
        maintenant=le + timedelta(hours=1),
    )


def nommer(consultation: Consultation, troupe: Troupe, qui: str, *, le: datetime) -> Evaluateur:
    personne, par = troupe.personnes[qui], troupe.personnes["martine"]
    evaluateur = services.nommer(
        consultation=consultation, personne=personne, par=par, maintenant=le
    )
    return services.declarer_sans_conflit(evaluateur=evaluateur, par=personne, maintenant=le)


def noter(
    evaluateur: Evaluateur,
    offres: list[Offre],
    valeurs: tuple[tuple[int, ...], ...],
    *,
    le: datetime,
) -> None:
    saisies = [
        services.Saisie(
            offre.reference, critere, Decimal(valeur), POURQUOI if critere == "2.1" else ""
        )
        for offre, siennes in zip(offres, valeurs, strict=False)
        for critere, valeur in zip(("2.1", "2.2", "3"), siennes, strict=True)
    ]
    services.noter(
        evaluateur=evaluateur, lot=None, saisies=saisies, par=evaluateur.utilisateur, maintenant=le
    )
