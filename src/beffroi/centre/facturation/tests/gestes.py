"""Un appel émis, un centre qui a son adresse, et des adhérents qui l'ont ou non."""

from decimal import Decimal

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.models import Avoir, Contribution, Exercice
from beffroi.centre.contributions.services.avoirs import Rendu, accorder
from beffroi.centre.contributions.tests.gestes import JANVIER, centre, mener, sous_convention
from beffroi.centre.facturation.lecture import AFacturer, a_facturer
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme

ADRESSE = {"adresse": "Place de la République", "code_postal": "62400", "ville": "Béthune"}


def emettre(gestionnaire: Utilisateur, ordonnateur: Utilisateur) -> Exercice:
    Organisme.objects.filter(pk=centre().pk).update(
        adresse="12 rue des Essais",
        code_postal="62700",
        ville="Bruay-la-Buissière",
        courriel="contributions@cdg.example",
    )
    sous_convention(1, nom="Ville de Béthune", agents=612)
    sous_convention(2, nom="Petite commune", agents=12)
    sous_convention(3, nom="Ville sans adresse", agents=500)
    Adherent.objects.exclude(nom="Ville sans adresse").update(**ADRESSE)
    mener(2027, "figer", "simuler", par=gestionnaire)
    Contribution.objects.update(anomalies=[])
    mener(2027, "preparer", par=gestionnaire)
    mener(2027, "valider", par=ordonnateur)
    mener(2027, "emettre", par=ordonnateur)
    return Exercice.objects.get(annee=2027)


def rendre(nom: str, montant: str, *, par: Utilisateur) -> Avoir:
    contribution = Contribution.objects.select_related("exercice").get(nom=nom)
    rendu = Rendu(Avoir.Motif.ERREUR, Decimal(montant), "Une journée appelée deux fois.")
    return accorder(contribution=contribution, rendu=rendu, par=par, maintenant=JANVIER)


def a_facturer_a(exercice: Exercice, nom: str, *, avoir: bool = False) -> AFacturer:
    return next(
        une
        for une in a_facturer(exercice)
        if une.contribution.nom == nom and (une.avoir is not None) == avoir
    )
