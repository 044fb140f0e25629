"""Les constats du moment :
sur l'achat et sur son règlement, ce qui empêche de publier et ce qui se relit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.publication import AVERTISSEMENT, BLOQUANT, Controle
from beffroi.achat.controles.rules import Constat, Gravite, Rapport, controler, controler_le_connu
from beffroi.achat.controles.rules.publication import (
    LIMITE_A_VENIR,
    REGLEMENT_INACHEVE,
    ce_qui_manque,
)
from beffroi.achat.preparation import queries as preparation
from beffroi.achat.preparation.etapes import reste_a_confirmer
from beffroi.achat.preparation.queries.questions import adresse_de_la_limite, tache_du_champ
from beffroi.achat.preparation.questionnaire import LimiteRefusee, refus_de_la_limite
from beffroi.achat.redaction.services import manques_des_documents
from beffroi.achat.relectures.lecture import ReglementLu, reglement_de
from beffroi.achat.relectures.queries import passes_outre_de
from beffroi.achat.relectures.rules.constats import empreinte_du_constat
from beffroi.socle.guichet.lecture import lu_une_fois
from droit.en_vigueur import Droit
from formats.dates import jour_et_heure


def ecarts_avant_publication(consultation: Consultation, *, le: datetime) -> list[Controle]:
    """Les écarts de l'achat et de son règlement, pour la page « Vérifier »
    et pour l'acte de publier.

    Un règlement qui ne se lit pas n'empêche rien : la page dit que le contrôle est partiel.
    Un achat gelé est déjà publié.
    """
    if preparation.preparation_de(consultation).achat_gele:
        return []
    lu = reglement_de(consultation)
    restants = [
        c for c in _restants(consultation, lu, le=le) if c.gravite is not Gravite.INFORMATION
    ]
    restants = _relies_aux_questions(restants, consultation, le=le)
    reprises = [
        Controle(AVERTISSEMENT, texte, tache) for tache, texte in reste_a_confirmer(consultation)
    ]
    reprises += _saisie_sans_effet(restants, consultation, le=le)
    return [
        *reprises,
        *(_en_controle(constat, consultation) for constat in restants),
        *_partiel(lu),
    ]


def _saisie_sans_effet(
    constats: list[Constat], consultation: Consultation, *, le: datetime
) -> Iterator[Controle]:
    """Une heure limite refusée quand une autre est déjà gardée :
    celle-ci compte encore, et la personne doit le savoir.
    """
    refus = refus_de_la_limite(preparation.preparation_de(consultation), le=le)
    gardee = consultation.date_limite_remise
    if refus and gardee and not any(constat.code == LIMITE_A_VENIR for constat in constats):
        texte = f"{refus.phrase} Celle qui compte reste le {jour_et_heure(gardee)}. {refus.raison}"
        yield Controle(AVERTISSEMENT, texte, "calendrier", url=refus.url)


def _en_controle(constat: Constat, consultation: Consultation) -> Controle:
    """Un écart du texte se corrige dans le document ; un autre, à la question d'où il vient."""
    ou = f" Dans le règlement, {constat.place} : « {constat.trouve} »." if constat.place else ""
    attendu = f" Attendu : {constat.attendu}." if ou and constat.attendu else ""
    garder = reverse("relectures:passer_outre", args=(consultation.reference, _empreinte(constat)))
    return Controle(
        BLOQUANT if constat.bloque else AVERTISSEMENT,
        f"{constat.quoi}{ou}{attendu} {constat.remede}",
        "documents" if constat.paragraphe else tache_du_champ(constat.champ),
        f"{constat.code}, {constat.pourquoi.source}" if constat.pourquoi.source else constat.code,
        garder if constat.se_garde else "",
        _page_qui_corrige(constat, consultation),
        quoi=constat.quoi,
        remede=constat.remede,
    )


def _page_qui_corrige(constat: Constat, consultation: Consultation) -> str:
    """Ce que l'acheteur dit de lui n'est pas une question de l'achat :
    il le dit une fois, dans ses coordonnées.
    """
    if constat.champ.startswith("acheteur."):
        return reverse("organismes:coordonnees", args=(consultation.organisme.siret,))
    return adresse_de_la_limite(consultation) if constat.code == LIMITE_A_VENIR else ""


def _relies_aux_questions(
    constats: list[Constat], consultation: Consultation, *, le: datetime
) -> list[Constat]:
    """Un trou que l'outil a laissé dans le règlement se comble à la
    question, pas dans le document.
    """
    if not any(constat.code == REGLEMENT_INACHEVE for constat in constats):
        return constats
    questions = {
        manque.libelle: manque.champ for manque in manques_des_documents(consultation, le=le)
    }
    return [_relie(c, questions) if c.code == REGLEMENT_INACHEVE else c for c in constats]


def _relie(constat: Constat, questions: Mapping[str, str]) -> Constat:
    champ = questions.get(ce_qui_manque(constat.trouve))
    if champ is None:
        return constat
    remede = "Répondez à la question, puis faites écrire de nouveau le règlement."
    return replace(constat, champ=champ, paragraphe=None, remede=remede)


def _partiel(lu: ReglementLu) -> Iterator[Controle]:
    if lu.refus and lu.document:
        yield Controle(
            AVERTISSEMENT,
            (
                f"Le contrôle est partiel : « {lu.document.nom} » n'a pas été lu, "
                f"ce qu'il dit n'est pas vérifié. {lu.refus}"
            ),
            "documents",
        )


@lu_une_fois
def _restants(consultation: Consultation, lu: ReglementLu, *, le: datetime) -> tuple[Constat, ...]:
    """Les écarts que l'acheteur n'a pas gardés en disant pourquoi, les plus graves d'abord."""
    gardes = passes_outre_de(consultation)
    rapport = _rapport(consultation, lu, le=le)
    refus = refus_de_la_limite(preparation.preparation_de(consultation), le=le)
    constats = [_tel_que_tape(constat, refus) for constat in rapport.par_gravite]
    return tuple(c for c in constats if not (c.se_garde and _empreinte(c) in gardes))


def _tel_que_tape(constat: Constat, refus: LimiteRefusee | None) -> Constat:
    """Une heure limite tapée et refusée n'est pas « pas fixée » :
    la personne lit ce qu'elle a tapé, et pourquoi.
    """
    if refus is None or constat.code != LIMITE_A_VENIR:
        return constat
    return replace(constat, quoi=refus.phrase, trouve="", remede=refus.raison)


def _rapport(consultation: Consultation, lu: ReglementLu, *, le: datetime) -> Rapport:
    """Une consultation née sans les questions n'est jugée que sur ce qu'elle dit d'elle-même."""
    achat = preparation.achat_de(consultation, le=le)
    jour = preparation.jour_de_reference(preparation.preparation_de(consultation), le)
    controle = controler if preparation.est_preparee(consultation) else controler_le_connu
    return controle(achat, lu.texte, Droit.au(jour), le, actes=lu.actes)


def _empreinte(constat: Constat) -> str:
    return empreinte_du_constat(constat.code, constat.quoi, constat.trouve)
