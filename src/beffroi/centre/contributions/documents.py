"""L'appel de contribution en PDF :
l'état liquidatif, la règle appliquée, et ce qu'il faut pour payer et contester.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.tarif.rules import dates as regles
from droit.dates import en_toutes_lettres
from formats.dates import PARIS
from formats.document.modele import (
    Bloc,
    Cadre,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Liste,
    Paragraphe,
)
from formats.document.phrases import Phrase, phrase
from formats.sommes import au_centime

RIEN = Decimal(0)
PAS_UN_TITRE = (
    "Cet appel n'est pas un titre de recette. Le titre, "
    "son numéro et la signature de son auteur vous parviennent par le "
    "service de gestion comptable."
)


def appel(
    contribution: Contribution, *, creancier: Emetteur, comptable: Sequence[str] = ()
) -> Document:
    """Le document d'une contribution émise : appelée, ou néant.

    `comptable` : le service de gestion comptable, son nom puis son adresse (convention, art. 4).
    Il se refait à l'identique de ce qui est figé.
    """
    if contribution.emise_le is None or contribution.montant is None:
        raise ValueError("Seule une contribution émise a son document.")
    annee = contribution.exercice.annee
    titre = "Appel de contribution" if contribution.est_appelee else "État néant"
    if contribution.deja_appele is not None:
        titre = "Régularisation de contribution"
    return Document(
        titre=f"{titre} {annee}",
        objet=contribution.nom,
        reference=numero_d_appel(contribution),
        emetteur=creancier,
        etabli_le=contribution.emise_le,
        nature="Appel",
        numerote=False,
        ouverture=(_cadre(contribution),),
        chapitres=(
            Chapitre("État liquidatif", _liquidation(contribution)),
            Chapitre(
                "Pourquoi ce montant",
                (Liste(tuple(phrase(motif) for motif in contribution.motifs)),),
            ),
            *(
                (Chapitre("Payer", _payer(contribution, creancier, comptable)),)
                if contribution.est_appelee
                else ()
            ),
            Chapitre("Contester", _contester(contribution)),
        ),
    )


def numero_d_appel(contribution: Contribution) -> str:
    """« C-2027-0031 » : ce que l'adhérent rappelle en payant,
    et que le logiciel financier rapproche.
    """
    return f"C-{contribution.exercice.annee}-{contribution.numero:04d}"


def _cadre(contribution: Contribution) -> Bloc:
    if contribution.a_rendre:
        return Cadre(
            "À votre crédit",
            phrase(au_centime(contribution.a_rendre)),
            (
                phrase(
                    f"Un avoir corrige votre contribution {contribution.exercice.annee}, "
                    "appelée sur une estimation."
                ),
            ),
        )
    if not contribution.est_appelee:
        return Cadre(
            "Rien n'est dû",
            phrase(f"Contribution {contribution.exercice.annee} : 0,00 €"),
            (phrase("Aucun titre n'est émis. Vos consultations restent comptées."),),
        )
    return Cadre(
        "À payer",
        phrase(au_centime(contribution.montant or RIEN)),
        (
            phrase(
                f"Dans les trente jours de la réception de cet appel ({regles.FONDEMENT_DU_DELAI})."
            ),
        ),
    )


def _liquidation(contribution: Contribution) -> tuple[Bloc, ...]:
    annee = contribution.exercice.annee
    faits: list[tuple[str, Phrase]] = [
        ("Débiteur", phrase(f"{contribution.nom}, SIRET {contribution.siret}")),
        ("Exercice", phrase(str(annee))),
        ("Effectif" if contribution.presumee else "Agents retenus", phrase(_agents(contribution))),
        ("Consultations", phrase(f"{contribution.volume} ({contribution.motif_du_volume})")),
        ("Tranche", phrase(str(contribution.tranche))),
        ("Jours couverts", phrase(f"{contribution.jours} sur {_jours_de(annee)}")),
        *_deja_appele(contribution),
        ("Montant", phrase(au_centime(contribution.montant or RIEN))),
        (
            "Convention",
            phrase(f"{contribution.convention}, effet au {en_toutes_lettres(contribution.debut)}"),
        ),
    ]
    grille = contribution.exercice.grille
    if grille:
        deliberation = (
            f"{grille.numero_de_deliberation} du {en_toutes_lettres(grille.deliberee_le)}"
        )
        faits.append(
            (
                "Base de la liquidation",
                phrase(f"Convention, art. 4 et annexe 1 ; délibération {deliberation}"),
            )
        )
    faits.append(
        (
            "Consultations comptées",
            phrase(f"Liste de SHA-256 {contribution.sha256_du_compte[:16]}…"),
        )
    )
    return (Fiche(tuple(faits)),)


def _deja_appele(contribution: Contribution) -> list[tuple[str, Phrase]]:
    """Une régularisation se lit en deux nombres :
    ce que l'année doit, ce qui en est déjà appelé.
    """
    if contribution.deja_appele is None:
        return []
    du = contribution.deja_appele + (contribution.montant or RIEN) - contribution.a_rendre
    return [
        ("Dû pour l'année", phrase(au_centime(du))),
        ("Déjà appelé, avoirs déduits", phrase(au_centime(contribution.deja_appele))),
    ]


def _agents(contribution: Contribution) -> str:
    if contribution.presumee:
        grille = contribution.exercice.grille
        return f"Présumé sous {grille.seuil if grille else ''} agents, aucun effectif déclaré"
    suite = (
        f", déclarés pour {contribution.annee_de_l_effectif}"
        if contribution.annee_de_l_effectif
        else ""
    )
    return f"{contribution.agents}{suite}"


def _jours_de(annee: int) -> int:
    return (date(annee + 1, 1, 1) - date(annee, 1, 1)).days


def _ou_payer(comptable: Sequence[str]) -> str:
    if not comptable:
        return "Le service de gestion comptable que la convention nomme"
    return ", ".join(ligne.rstrip(" ,.") for ligne in comptable)


def _payer(
    contribution: Contribution, creancier: Emetteur, comptable: Sequence[str]
) -> tuple[Bloc, ...]:
    return (
        Fiche(
            (
                ("Créancier", phrase(creancier.nom)),
                ("Moyen", phrase("Mandat administratif (convention, art. 4)")),
                ("À payer à", phrase(_ou_payer(comptable))),
                ("Référence à rappeler", phrase(numero_d_appel(contribution))),
            )
        ),
        Paragraphe(phrase(PAS_UN_TITRE)),
    )


def _contester(contribution: Contribution) -> tuple[Bloc, ...]:
    fige_le, emise_le = contribution.exercice.fige_le, contribution.emise_le
    compte = "dans les trente jours de l'émission"
    if fige_le and emise_le:
        limite = regles.contestation_jusqu_au(
            *(le.astimezone(PARIS).date() for le in (fige_le, emise_le))
        )
        compte = f"jusqu'au {en_toutes_lettres(limite)}"
    return (
        Paragraphe(
            phrase(
                f"Le compte des consultations se conteste sur la plateforme {compte}. "
                "Contester n'arrête pas l'appel ; "
                "une contestation fondée donne un avoir."
            )
        ),
        Paragraphe(
            phrase(
                "Le titre de recette se conteste devant le tribunal administratif que la "
                "convention nomme, dans le délai "
                "que le titre indique. La convention demande d'abord un règlement amiable (art. 6)."
            )
        ),
    )
