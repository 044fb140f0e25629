"""Un appel émis, et ce que la comptable y note : par les services seuls."""

from datetime import UTC, date, datetime
from decimal import Decimal

from beffroi.centre.contributions.models import Avoir, Contribution, Exercice
from beffroi.centre.contributions.services.avoirs import Rendu, accorder
from beffroi.centre.contributions.services.receptions import noter_la_reception
from beffroi.centre.contributions.tests.gestes import JANVIER, mener, sous_convention
from beffroi.centre.recettes.models import Paiement, TitreDeRecette
from beffroi.centre.recettes.services.paiements import Encaissement, encaisser
from beffroi.centre.recettes.services.titres import Note, noter_un_titre
from beffroi.personnes.comptes.models import Utilisateur

EN_MARS = datetime(2027, 3, 15, 9, tzinfo=UTC)
LE_15_MARS = EN_MARS.date()


def appel_emis(fanny: Utilisateur, olivier: Utilisateur) -> Exercice:
    sous_convention(
        1, nom="Ville de Béthune", agents=612, volume_estime=180, debut=date(2027, 1, 1)
    )
    sous_convention(2, nom="Ville d'Avion", agents=420, volume_estime=60, debut=date(2027, 1, 1))
    sous_convention(3, nom="Bomy", agents=12)
    mener(2027, "figer", "simuler", par=fanny)
    Contribution.objects.update(anomalies=[])
    mener(2027, "preparer", par=fanny)
    mener(2027, "valider", par=olivier)
    mener(2027, "emettre", par=olivier)
    return Exercice.objects.get(annee=2027)


def appelee(nom: str = "Ville de Béthune") -> Contribution:
    return Contribution.objects.select_related("exercice", "adherent").get(
        nom=nom, exercice__annee=2027
    )


def recue(le: date, *, par: Utilisateur, nom: str = "Ville de Béthune") -> Contribution:
    return noter_la_reception(contribution=appelee(nom), le=le, par=par, maintenant=EN_MARS)


def titre(
    par: Utilisateur, *, nom: str = "Ville de Béthune", numero: int = 118, **reste: object
) -> TitreDeRecette:
    contribution = appelee(nom)
    dit = {
        "exercice": 2027,
        "numero": numero,
        "emis_le": date(2027, 1, 20),
        "montant": contribution.montant,
        **reste,
    }
    return noter_un_titre(contribution=contribution, note=Note(**dit), par=par, maintenant=EN_MARS)  # type: ignore[arg-type]


def paiement(
    par: Utilisateur,
    du_titre: TitreDeRecette,
    somme: str,
    *,
    numero: str = "P503-1",
    le: date = date(2027, 2, 10),
) -> Paiement:
    recu = Encaissement(numero, le, Decimal(somme))
    return encaisser(titre=du_titre, encaissement=recu, par=par, maintenant=EN_MARS)


def avoir(
    par: Utilisateur, somme: str, *, nom: str = "Ville de Béthune", le: datetime = JANVIER
) -> Avoir:
    rendu = Rendu(Avoir.Motif.ERREUR, Decimal(somme), "Une journée appelée deux fois.")
    return accorder(contribution=appelee(nom), rendu=rendu, par=par, maintenant=le)
