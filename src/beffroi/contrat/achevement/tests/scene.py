"""Jouer une procédure jusqu'au contrat signé, par les services :
ce que l'achèvement en dit ensuite.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from beffroi.achat.preparation.queries import preparation_de
from beffroi.choix.analyse.tests.scene import CRITERES
from beffroi.choix.attribution.services import (
    FaitsDUneSuite,
    Relecture,
    envoyer_les_lettres,
    preciser,
    preparer_les_lettres,
)
from beffroi.choix.attribution.services import relire as relire_la_lettre
from beffroi.choix.attribution.tests.scene import DECISION_LE, Ouvert, offres_ouvertes
from beffroi.contrat.achevement import queries, services
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import naissance, notification, signature
from beffroi.contrat.marches.tests import gestes
from beffroi.publicite.avis import services as avis
from beffroi.publicite.avis.models import Avis
from droit.achat import ecrire as ecrire_l_achat
from droit.achat import lire as lire_l_achat
from tests.semis import plante

LOTS = ("Couverture en ardoise", "Charpente")
SIGNE_LE = DECISION_LE + timedelta(days=15)
REJET = "Votre planning est plus long de trois semaines."
RENONCE = "Le budget de la charpente est reporté à l'an prochain."
TRIBUNAL = {
    "tribunal": "Tribunal administratif de Lille",
    "tribunal_siret": "17590001000011",
    "tribunal_code_postal": "59000",
    "tribunal_ville": "Lille",
    "tribunal_code_nuts": "FRE11",
    "tribunal_courriel": "greffe@tribunal.example",
    "tribunal_telephone": "03 20 00 00 00",
}
COORDONNEES = {
    "adresse": "1 place de la Mairie",
    "code_postal": "62960",
    "ville": "Bomy",
    "code_nuts": "FRE12",
    "courriel": "mairie@bomy.example",
    "telephone": "03 21 00 00 00",
    **TRIBUNAL,
}
COMPLEMENTS = {
    "recues_1": 3,
    "pme_1": 2,
    "electroniques_1": 3,
    "eee_1": 0,
    "tiers_1": 0,
    "sous_traitance_1": "non",
    "recues_2": 3,
    "pme_2": 2,
    "electroniques_2": 3,
    "eee_2": 0,
    "tiers_2": 0,
    "motif_2": "ins-fund",
}


@dataclass
class Conclu:
    """La procédure, ses lots, le contrat signé du premier."""

    ouvert: Ouvert
    marche: Marche

    @property
    def consultation(self):
        return self.ouvert.consultation

    @property
    def martine(self):
        return self.ouvert.martine

    def lots(self, le: datetime = SIGNE_LE) -> list[queries.LotAcheve]:
        return queries.lots_de(self.consultation, le=le)

    def complements(self, **autres: object) -> dict[str, object]:
        siret = self.marche.titulaires.get().siret
        tenant = {"code_postal": "62960", "ville": "Bomy", "nuts": "FRE12", "taille": "sme"}
        return {**COMPLEMENTS, **{f"{nom}_{siret}": dit for nom, dit in tenant.items()}, **autres}

    def ecrire(self, *, numeros=(1, 2), forme="europeenne", le=SIGNE_LE, **autres: object) -> Avis:
        return services.ecrire_l_avis(
            consultation=self.consultation,
            numeros=numeros,
            complements=self.complements(**autres),
            forme=forme,
            par=self.martine,
            maintenant=le,
        )

    def envoyer(self, ecrit: Avis, *, support="joue", le=SIGNE_LE + timedelta(hours=1)):
        acte = {"par": self.martine.acteur, "maintenant": le}
        parution = avis.preparer_une_parution(avis=ecrit, support=support, voie="manuelle", **acte)
        return avis.declarer_l_envoi(
            parution=parution,
            envoyee_le=le,
            preuve=b"Accuse de reception",
            nom="accuse.txt",
            **acte,
        )


def en_procedure(consultation, procedure: str) -> None:
    """Publiée en procédure adaptée, puis nommée autrement :
    les délais d'un appel d'offres ne sont pas le sujet.
    """
    consultation.type_de_procedure = procedure
    consultation.save(update_fields=["type_de_procedure"])
    preparation = preparation_de(consultation)
    gele = lire_l_achat(preparation.achat_gele)
    contrat = "concession" if procedure.startswith("concession") else gele.contrat
    preparation.achat_gele = ecrire_l_achat(
        replace(gele, procedure=procedure, contrat=contrat, criteres=CRITERES)
    )
    preparation.save(update_fields=["achat_gele"])


def jouer(commune, *, signer: bool = True) -> Conclu:
    """Le lot 1 attribué, les lettres parties, le contrat signé à la fin de
    l'attente ; le lot 2 abandonné.
    """
    nom = ("conclu", commune.consultation.pk, signer)
    return plante(nom, lambda: _jouer(commune, signer=signer), le=SIGNE_LE)


def _jouer(commune, *, signer: bool) -> Conclu:
    ouvert = offres_ouvertes(commune, lots=(1, 2))
    avis.noter_les_coordonnees(
        organisme=ouvert.consultation.organisme,
        champs=COORDONNEES,
        par=ouvert.martine.acteur,
        maintenant=DECISION_LE,
    )
    ouvert.attribuer(0, lot=1)
    ouvert.renoncer(lot=2, motif=RENONCE)
    ecrire_a_tous(ouvert)
    termes = replace(gestes.TERMES, procedure=ouvert.consultation.type_de_procedure)
    marche = naissance.ouvrir(
        consultation=ouvert.consultation,
        lot=1,
        termes=termes,
        par=ouvert.martine.acteur,
        maintenant=SIGNE_LE,
    )
    return Conclu(ouvert, signe(marche, ouvert) if signer else marche)


def ecrire_a_tous(ouvert: Ouvert, *, le: datetime = DECISION_LE) -> None:
    acte = {"par": ouvert.martine, "maintenant": le}
    for lettre in preparer_les_lettres(consultation=ouvert.consultation, **acte):
        faits = {
            suite.pk: FaitsDUneSuite(2, Decimal("71.5"), REJET) for suite in lettre.suites.all()
        }
        precisee = preciser(lettre=lettre, faits=faits, **acte)
        relire_la_lettre(
            lettre=precisee, relecture=Relecture(precisee.texte, precisee.voie), **acte
        )
    envoyer_les_lettres(consultation=ouvert.consultation, **acte)


def signe(marche: Marche, ouvert: Ouvert, *, le: datetime = SIGNE_LE) -> Marche:
    for partie in ("titulaire", "acheteur"):
        dite = signature.Signature(partie, le.date(), gestes.ACTE)
        marche = signature.signer(
            marche=marche, signature=dite, par=ouvert.martine.acteur, maintenant=le
        )
    return marche


def notifie(conclu: Conclu, *, le: datetime) -> Marche:
    acte = {"par": conclu.martine.acteur, "maintenant": le}
    marche = notification.dire_la_transmission(
        marche=conclu.marche, requise=False, motif="Sous le seuil.", **acte
    )
    return notification.notifier(marche=marche, recue_le=le.date(), preuve=gestes.ACTE, **acte)
