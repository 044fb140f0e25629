"""« À faire » d'une entreprise : répondre à une invitation, renouveler une pièce."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from beffroi.comptes.models import Utilisateur
from beffroi.pieces import queries as pieces
from beffroi.pieces import rules
from beffroi.portail.gestes import AFaire
from beffroi.remises_en_concurrence.queries import sans_reponse
from beffroi.reponses.mes_reponses import invitations_sans_reponse
from droit.dates import en_toutes_lettres
from formats import dates


def taches_de_l_entreprise(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    yield from invitations_a_honorer(personne, le=le)
    yield from remises_a_honorer(personne, le=le)
    yield from pieces_a_renouveler(personne, le=le)


def invitations_a_honorer(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for invitation in invitations_sans_reponse(personne, le=le):
        limite, consultation = invitation.tour.date_limite, invitation.tour.consultation
        yield AFaire(
            titre="Répondre à une invitation",
            detail=f"{consultation.titre}, {consultation.reference}",
            url=f"/invitations/{invitation.reference}/",
            geste="Répondre",
            quand=f"Avant le {dates.jour_et_heure_limite(limite)}",
            presse=limite - le < timedelta(days=2),
            echeance=limite,
        )


def remises_a_honorer(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for remise in sans_reponse(personne, le=le):
        limite = remise.consultation.limite
        yield AFaire(
            titre="Répondre comme titulaire d'un accord-cadre",
            detail=f"{remise.consultation.titre}, {remise.consultation.reference}",
            url=f"/remises-en-concurrence/{remise.reference}/",
            geste="Répondre",
            quand=f"Avant le {dates.jour_et_heure_limite(limite)}",
            presse=limite - le < timedelta(days=2),
            echeance=limite,
        )


def pieces_a_renouveler(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Expirée, ou dans moins de trente jours ; elle presse à sept jours, et n'empêche jamais de répondre."""
    jour = le.astimezone(dates.PARIS).date()
    for version in pieces.a_renouveler(personne, le=jour):
        fin = version.valable_jusqu_au or jour
        expiree = rules.est_expiree(fin, le=jour)
        yield AFaire(
            titre="Renouveler une pièce",
            detail=version.piece.intitule,
            url=f"/entreprise/pieces/{version.piece.reference}/remplacer/",
            geste="Remplacer",
            quand=f"Expirée depuis le {en_toutes_lettres(fin + timedelta(days=1))}"
            if expiree
            else f"Valable jusqu'au {en_toutes_lettres(fin)}",
            presse=expiree or fin - jour <= min(rules.RAPPELS),
            echeance=datetime.combine(fin, time(23, 59), dates.PARIS),
        )
