"""Lire les restitutions d'un organisme, et ce qui est repris d'ailleurs."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.garde.archives import copies
from beffroi.garde.archives import queries as archives
from beffroi.garde.restitution import forme
from beffroi.garde.restitution.lecture import lignes
from beffroi.garde.restitution.models import (
    ConsultationReprise,
    PieceHorsConsultation,
    PieceReprise,
    Reprise,
    Restitution,
)
from beffroi.garde.restitution.permissions import ACTES
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import (
    exiger_au_centre,
    exiger_chez,
    habilitation_dans,
)
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.stockage.fideles import exiger_des_octets_fideles

JOURNAL = forme.PREUVES


def acheteurs_du_siren(siren: str) -> list[Organisme]:
    return list(
        Organisme.objects.filter(siret__startswith=siren, role=Organisme.Role.ACHETEUR).order_by(
            "siret"
        )
    )


def organisme_pour(personne: Utilisateur, siret: str, acte: str, le: datetime) -> Organisme:
    habilitation = exiger_chez(personne, siret, acte, ACTES, le)
    return habilitation.organisme


def restitutions_des(organismes: Iterable[Organisme]) -> QuerySet[Restitution]:
    return Restitution.objects.filter(organisme__in=list(organismes)).select_related(
        "organisme", "demandee_par", "recue_par"
    )


def restitution_pour(personne: Utilisateur, reference: str, acte: str, le: datetime) -> Restitution:
    trouvee = Restitution.objects.filter(reference=reference).select_related("organisme").first()
    if trouvee is None:
        raise Introuvable()
    exiger_role(habilitation_dans(personne, trouvee.organisme, le), acte, ACTES)
    return trouvee


def effacees(restitutions: Iterable[Restitution]) -> set[str]:
    """Les clés de celles dont les octets ont été détruits sous visa,
    avec ce qu'elles contenaient.
    """
    return copies.detruites(une.cle_de_stockage for une in restitutions)


def exiger_le_centre(personne: Utilisateur, le: datetime) -> Habilitation:
    return exiger_au_centre(personne, "voir_les_restitutions", ACTES, le)


def restitutions() -> QuerySet[Restitution]:
    return Restitution.objects.select_related("organisme", "recue_par")


def reprises() -> QuerySet[Reprise]:
    return Reprise.objects.all()


def organismes_de(personne: Utilisateur, le: datetime) -> list[Organisme]:
    """Les acheteurs dont la personne tient les archives."""
    return archives.organismes_de(personne, le)


def reprise_pour(personne: Utilisateur, reference: str, le: datetime) -> Reprise:
    """Ce qui est repris est à l'organisme du même SIRET, et à lui seul."""
    trouvee = Reprise.objects.filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    exiger_chez(personne, trouvee.siret, "lire_une_reprise", ACTES, le)
    return trouvee


def consultation_reprise(reprise: Reprise, reference: str) -> ConsultationReprise:
    trouvee = reprise.consultations.select_related("reprise").filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def piece_reprise(reprise: Reprise, reference: str, rang: int) -> PieceReprise:
    pieces = PieceReprise.objects.filter(
        consultation__reprise=reprise, consultation__reference=reference
    )
    trouvee = pieces.filter(rang=rang).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def piece_hors_consultation(reprise: Reprise, rang: int) -> PieceHorsConsultation:
    trouvee = reprise.pieces.filter(rang=rang).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def registre(consultation: ConsultationReprise) -> Iterator[dict[str, Any]]:
    """Les écritures du journal d'origine, dans leur ordre, lues des octets repris."""
    for piece in consultation.pieces.filter(sorte=JOURNAL, nom=forme.JOURNAL):
        yield from (json.loads(ligne) for ligne in lignes(_blocs(piece.cle_de_stockage)))


def _blocs(cle: str) -> Iterator[bytes]:
    with stockage().lire(cle) as flux:
        while bloc := flux.read(1 << 20):
            yield bloc


def inventaire_de(restitution: Restitution) -> dict[str, str]:
    """Par clé de stockage, l'empreinte de chaque pièce que l'archive contient."""
    if not restitution.cle_de_l_inventaire:
        return {}
    if attendu := restitution.sha256_de_l_inventaire:
        # Il dit ce qui peut s'effacer : changé, il ferait détruire ce qui n'a pas été rendu.
        exiger_des_octets_fideles(restitution.cle_de_l_inventaire, attendu)
    with stockage().lire(restitution.cle_de_l_inventaire) as flux:
        lu: dict[str, str] = json.loads(flux.read())
    return lu
