"""Une commune, ses clés, des réponses scellées, une séance :
tout passe par les services, comme en vrai.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.procedures import PROCEDURE_ADAPTEE
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.models import Seance
from demo import marches
from demo.cles import (
    CAPACITE,
    cle_de,
    creer_les_identites,
    designer_les_gardiens,
    ouvrir,
    porteurs,
    sceller,
)
from demo.peuplement import Troupe, peupler
from demo.reponses import repondre
from sceau import Identity, Recipient, shares
from tests.semis import plante

LIMITE = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)
DEBUT = LIMITE - timedelta(days=30)
SEANCE_LE = LIMITE + timedelta(days=1)
CANDIDATURE = {"Lettre de candidature.pdf": b"%PDF-1.7 " + bytes(range(256)) * 40}
OFFRE = {
    "Acte d'engagement – été.pdf": b"%PDF-1.7 acte " + b"\x00\xff" * 90_000,
    "prix.ods": b"PK\x03\x04 prix",
}


@dataclass
class Scene:
    """Tout ce qu'un test de séance manipule."""

    troupe: Troupe
    consultation: Consultation

    def personne(self, cle: str) -> Utilisateur:
        return self.troupe.personnes[cle]

    def repond(
        self,
        qui: str = "sophie",
        chez: str = "faitage",
        *,
        le: datetime = LIMITE - timedelta(hours=2),
        candidature: Mapping[str, bytes] = CANDIDATURE,
        offre: Mapping[str, bytes] = OFFRE,
    ) -> Pli:
        offres = {None: offre} if offre else {}
        return repondre(
            self.consultation,
            self.troupe,
            qui=qui,
            chez=chez,
            le=le,
            candidature=candidature,
            offres=offres,
        )


def scene(
    *,
    politique: str = "standard",
    nature: str = "travaux",
    procedure: str = PROCEDURE_ADAPTEE,
    lots: tuple[str, ...] = (),
) -> Scene:
    """Une consultation publiée de la commune de Bomy, trois personnes peuvent ouvrir."""
    marche = replace(
        marches.VOIRIE, politique=politique, nature=nature, type_de_procedure=procedure, lots=lots
    )
    nom = ("séance", politique, nature, procedure, lots)
    return plante(nom, lambda: publier(marche), le=DEBUT)


def publier(marche: marches.Marche) -> Scene:
    troupe = peupler(le=DEBUT)
    creer_les_identites(troupe, le=DEBUT)
    designer_les_gardiens(troupe, le=DEBUT)
    consultation = marches.rediger(marche, troupe, le=DEBUT, limite=LIMITE)
    consultation = marches.publier(consultation, troupe, ("martine", "helene", "bernard"), le=DEBUT)
    return Scene(troupe, consultation)


def seance_installee(
    scene: Scene, *, autour: Sequence[str] = ("helene", "bernard"), **options: object
) -> Seance:
    """La première personne préside ; chacune a son appareil, et n'a aucun lien."""
    presidence = scene.personne(autour[0])
    seance = services.preparer_seance(
        consultation=scene.consultation,
        presidee_par=presidence,
        par=presidence,
        maintenant=SEANCE_LE,
        **options,
    )
    asseoir(scene, seance, autour=autour)
    return services.installer(
        seance=seance,
        lieu="Mairie de Bomy",
        autres=[("Martine Caron", "secrétaire")],
        par=presidence,
        maintenant=SEANCE_LE,
    )


def asseoir(scene: Scene, seance: Seance, *, autour: Sequence[str]) -> None:
    for cle in autour:
        services.rejoindre(
            seance=seance,
            utilisateur=scene.personne(cle),
            appareil=f"appareil de {cle}",
            maintenant=SEANCE_LE,
        )
        services.declarer_sans_conflit(
            seance=seance, utilisateur=scene.personne(cle), maintenant=SEANCE_LE
        )


def composer_le_code(
    scene: Scene, seance: Seance, *, membre: str, ephemere: Identity, le: datetime = SEANCE_LE
) -> None:
    """Ce que font les deux navigateurs : engager, donner, révéler, confirmer."""
    presidence, personne = seance.presidee_par, scene.personne(membre)
    engagement = {personne.reference: secrets.token_hex(32)}
    services.engager_les_codes(
        seance=seance,
        cle_ephemere=ephemere.recipient.encode(),
        engagements=engagement,
        par=presidence,
        maintenant=le,
    )
    services.donner_son_alea(seance=seance, alea=secrets.token_hex(32), par=personne)
    services.reveler_les_aleas(
        seance=seance, aleas={personne.reference: secrets.token_hex(32)}, par=presidence
    )
    services.confirmer_le_code(seance=seance, par=personne, identique=True, maintenant=le)


def part_en_clair(scene: Scene, seance: Seance, *, qui: str, sorte: str) -> bytes:
    paire = seance.paires_de_cles[sorte]
    part_de = cles.part_du_gardien if seance.par_les_gardiens else cles.part_de
    personnage = next(porteur for porteur in porteurs() if porteur.cle == qui)
    return ouvrir(bytes(part_de(scene.personne(qui), paire).contenu), cle_de(personnage))


def remettre(
    scene: Scene, seance: Seance, *, membre: str, ephemere: Identity, le: datetime = SEANCE_LE
) -> None:
    parts = {
        sorte: sceller(
            part_en_clair(scene, seance, qui=membre, sorte=sorte), ephemere.recipient
        ).hex()
        for sorte in seance.paires_de_cles
    }
    services.remettre_sa_part(seance=seance, parts=parts, par=scene.personne(membre), maintenant=le)


def graines_pour_le_coffre(
    scene: Scene, seance: Seance, *, porteurs: Sequence[str]
) -> dict[str, bytes]:
    """La présidence recombine, et scelle pour le coffre."""
    return {
        sorte: sceller(
            shares.combine(
                [part_en_clair(scene, seance, qui=qui, sorte=sorte) for qui in porteurs]
            ).seed,
            Recipient.parse(coffre().destinataire()),
        )
        for sorte in seance.paires_de_cles
    }


def presenter_les_cles(
    scene: Scene, seance: Seance, *, membre: str = "bernard", le: datetime = SEANCE_LE
) -> None:
    """Le code est confirmé, la part remise : il ne reste qu'à tourner."""
    ephemere = Identity.generate()
    seance.refresh_from_db()
    composer_le_code(scene, seance, membre=membre, ephemere=ephemere, le=le)
    remettre(scene, seance, membre=membre, ephemere=ephemere, le=le)


def tourner(
    scene: Scene, seance: Seance, *, membre: str = "bernard", le: datetime = SEANCE_LE
) -> Seance:
    """Du code à la clé : la séance est ouverte."""
    presenter_les_cles(scene, seance, membre=membre, le=le)
    preside = next(
        cle for cle, personne in scene.troupe.personnes.items() if personne == seance.presidee_par
    )
    graines = graines_pour_le_coffre(scene, seance, porteurs=[preside, membre])
    seance.refresh_from_db()
    return services.tourner_les_cles(
        seance=seance,
        graines=graines,
        avec_sa_part=True,
        capacite=CAPACITE,
        par=seance.presidee_par,
        maintenant=le,
    )


def seance_ouverte(scene: Scene, **options: object) -> Seance:
    return tourner(scene, seance_installee(scene, **options))


def ouvrir_tout(seance: Seance, *, le: datetime = SEANCE_LE) -> None:
    for rang in seance.ouvertures.filter(etat="scellee").values_list("rang", flat=True):
        services.ouvrir_enveloppe_suivante(
            seance=seance, rang=rang, capacite=CAPACITE, par=seance.presidee_par, maintenant=le
        )
