"""Les dates d'une procédure, demandées par n'importe qui :
`droit` calcule, ceci traduit la demande.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from beffroi.service.calculateurs.forms import CalendrierForm
from droit.calendrier.minimum import Circonstances
from droit.calendrier.procedure import Calendrier, calendrier
from droit.calendrier.remise import CalendrierSansObjet
from droit.decision import Motif
from droit.en_vigueur import Droit, DroitInconnu
from droit.regime import Besoin, proposer
from droit.regime.proposition import Choix
from formats import agenda

TROP_LOIN = "Une de ces dates est trop loin pour un calendrier."
HORS_DES_TABLES = (
    "Nos tables ne connaissent pas toutes les règles de cette date. "
    "Choisissez une date plus récente, ou lisez les textes."
)


@dataclass(frozen=True)
class Reponse:
    """Le calendrier, ou pourquoi il n'y en a pas ; `proposee` :
    la procédure qu'on a proposée, et pourquoi.
    """

    droit: Droit
    trouve: Calendrier | None = None
    proposee: Choix | None = None
    refus: str = ""
    reserves: tuple[Motif, ...] = ()


def repondre(form: CalendrierForm) -> Reponse:
    """Ce que le droit répond à une demande valide ; ce qu'il ne sait pas, il le dit."""
    donnees = form.cleaned_data
    droit = Droit.au(donnees["envoi"])
    proposee: Choix | None = None
    reserves: tuple[Motif, ...] = ()
    try:
        if not donnees["procedure"]:
            proposition = proposer(besoin(donnees), droit)
            proposee, reserves = proposition.procedure, proposition.reserves
        ligne = droit.procedure(donnees["procedure"] or proposee.valeur)  # type: ignore[union-attr]
        trouve = calendrier(
            droit,
            ligne,
            etapes=form.etapes(),
            acheteur=acheteur(donnees),
            circonstances=circonstances(donnees),
        )
    except DroitInconnu:
        return Reponse(droit, proposee=proposee, refus=HORS_DES_TABLES, reserves=reserves)
    except CalendrierSansObjet as sans_objet:
        return Reponse(droit, proposee=proposee, refus=str(sans_objet.args[0]), reserves=reserves)
    except (OverflowError, ValueError):
        return Reponse(droit, proposee=proposee, refus=TROP_LOIN, reserves=reserves)
    return Reponse(droit, trouve, proposee, reserves=reserves)


def besoin(donnees: dict[str, object]) -> Besoin:
    jour, montant = donnees["envoi"], donnees["montant"]
    assert isinstance(jour, date) and isinstance(montant, Decimal)
    entite = acheteur(donnees) == "entite_adjudicatrice"
    return Besoin(
        prestation=donnees["prestation"] or "travaux",  # type: ignore[arg-type]
        montant_ht=montant,
        jour=jour,
        type_d_acheteur="entité adjudicatrice" if entite else "pouvoir adjudicateur",
    )


def acheteur(donnees: dict[str, object]) -> str:
    return str(donnees["acheteur"] or "pouvoir_adjudicateur")


def circonstances(donnees: dict[str, object]) -> Circonstances:
    return Circonstances(
        electronique=not donnees["papier"],
        urgence=bool(donnees["urgence"]),
        preinformation=donnees["preinformation"],  # type: ignore[arg-type]
    )


def en_agenda(trouve: Calendrier, *, adresse: str, le: datetime) -> bytes:
    """Une journée par date calculée :
    reprendre la même adresse met l'agenda à jour, sans doublon.
    """
    return agenda.en_icalendar(*_evenements(trouve, adresse=adresse, le=le))


def _evenements(trouve: Calendrier, *, adresse: str, le: datetime) -> Iterator[agenda.Echeance]:
    for echeance in trouve.echeances:
        if echeance.jour is None:
            continue
        yield agenda.Echeance(
            identifiant=f"{sha256(f'{adresse} {echeance.cle}'.encode()).hexdigest()[:32]}@outils",
            sequence=0,
            instant=echeance.instant or echeance.jour,
            ecrite_le=le,
            titre=(
                f"{trouve.procedure.libelle} : "
                f"{echeance.libelle.removesuffix(' le').removesuffix(',')}"
            ),
            texte="\n".join(str(motif) for motif in echeance.pourquoi),
            adresse=adresse,
        )
