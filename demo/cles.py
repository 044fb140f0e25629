"""Les clés de la démonstration :
ce que les navigateurs feraient, fait ici avec `sceau`, sur des graines connues.
"""

import hashlib
import io
from collections.abc import Sequence
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import creer_les_cles
from beffroi.achat.consultations.services.cles import usage_de
from beffroi.personnes.cles import queries, rules
from beffroi.personnes.cles.fentes import FenteScellee
from beffroi.personnes.cles.models import Gardien, IdentiteDeMembre, PaireDeCles
from beffroi.personnes.cles.services import (
    confirmer_le_secours,
    creer_identite,
    designer_gardien,
    ouvrir_canari,
    ouvrir_canari_de_gardien,
)
from beffroi.personnes.cles.signature import CleDeSignature, PaireScellee, Usage, enregistrement
from beffroi.personnes.comptes.models import Utilisateur
from demo.personnages import AGENTS, GARDIENS, Personnage
from demo.peuplement import Troupe
from sceau import Identity, Recipient, receipt, seal, shares, signing, unseal
from sceau.shares import Purpose

# Le coût d'une fente dans la démonstration :
# celui des navigateurs (2^17) ferait attendre une minute pour rien.
COUT_DES_FENTES = 14
# Ce que le navigateur de la présidence présente au coffre. La vraie se tire au sort.
CAPACITE = "le navigateur de la présidence"


def cle_de(personnage: Personnage) -> Identity:
    """La clé du personnage : toujours la même, pour que la démonstration se rejoue."""
    return Identity.from_seed(hashlib.sha256(f"identité {personnage.cle}".encode()).digest())


def secret_de(personne: Utilisateur) -> Identity:
    return next(
        cle_de(personnage) for personnage in porteurs() if personnage.courriel == personne.courriel
    )


def cle_de_la_consultation(consultation: Consultation, sorte: str) -> Identity:
    return Identity.from_seed(hashlib.sha256(f"{consultation.reference} {sorte}".encode()).digest())


def porteurs() -> list[Personnage]:
    return [
        *[agent for agent in AGENTS if agent.tient_une_cle],
        *[gardien for gardien, *_ in GARDIENS],
    ]


def creer_les_identites(troupe: Troupe, *, le: datetime) -> None:
    for personnage in porteurs():
        personne, cle = troupe.personnes[personnage.cle], cle_de(personnage)
        fentes = [
            FenteScellee(sorte=sorte, contenu=fente(cle, secret), essayee=True)
            for sorte, secret in (
                ("phrase", personnage.phrase_de_cle),
                ("secours", personnage.code_de_secours),
            )
        ]
        identite = creer_identite(
            utilisateur=personne,
            destinataire=cle.recipient.encode(),
            signature=cle_de_signature(cle),
            fentes=fentes,
            par=personne.acteur,
            maintenant=le,
        )
        confirmer_le_secours(identite=identite, par=personne.acteur, maintenant=le)


def cle_de_signature(cle: Identity) -> CleDeSignature:
    preuve = signing.sign(cle, signing.possession(cle.recipient.fingerprint))
    return CleDeSignature(publique=signing.public_key(cle), preuve=preuve)


def fente(cle: Identity, phrase: str) -> bytes:
    return sceller(
        cle.encode().encode(), Recipient.from_passphrase(phrase, work_factor=COUT_DES_FENTES)
    )


def sceller(clair: bytes, pour: Recipient) -> bytes:
    cible = io.BytesIO()
    seal(io.BytesIO(clair), cible, to=pour)
    return cible.getvalue()


def ouvrir(scelle: bytes, cle: Identity) -> bytes:
    cible = io.BytesIO()
    unseal(io.BytesIO(scelle), cible, [cle])
    return cible.getvalue()


def designer_les_gardiens(troupe: Troupe, *, le: datetime) -> None:
    """Trois gardiens, et chacun prouve que sa clé tourne."""
    for personnage, organisation, de_l_exploitant in GARDIENS:
        personne = troupe.personnes[personnage.cle]
        gardien = designer_gardien(
            utilisateur=personne,
            organisation=organisation,
            releve_de_l_exploitant=de_l_exploitant,
            par=troupe.personnes["fanny"].acteur,
            maintenant=le,
        )
        clair = ouvrir(bytes(gardien.canari_scelle or b""), cle_de(personnage))
        ouvrir_canari_de_gardien(gardien=gardien, clair=clair, par=personne.acteur, maintenant=le)


def ceremonie(
    consultation: Consultation,
    troupe: Troupe,
    membres: Sequence[str],
    *,
    par: Utilisateur,
    le: datetime,
) -> Consultation:
    """Les deux paires de clés, partagées ;
    puis chaque membre ouvre son canari, ce qui permet de publier.
    """
    paires = {
        sorte: partager(
            usage_de(consultation, sorte),
            troupe,
            membres,
            cle=cle_de_la_consultation(consultation, sorte),
        )
        for sorte in ("candidature", "offre")
    }
    consultation = creer_les_cles(
        consultation=consultation,
        candidature=paires["candidature"],
        offre=paires["offre"],
        par=par.acteur,
        maintenant=le,
    )
    for paire in consultation.paires_de_cles.values():
        essayer_les_cles(paire, membres, le=le)
    return consultation


def partager(
    usage: Usage, troupe: Troupe, membres: Sequence[str], *, cle: Identity
) -> PaireScellee:
    """La première personne crée la clé et la signe."""
    identites = [identite_de(troupe.personnes[membre]) for membre in membres]
    gardiens: list[Gardien] = list(queries.gardiens_en_fonction())
    contenu = enregistrement(
        usage,
        destinataire=cle.recipient.encode(),
        gardiens=[identite_de(gardien.utilisateur).publique for gardien in gardiens],
        signataire=identites[0],
    )
    enregistre, seuil = receipt.canonical(contenu), rules.SEUILS[usage.politique]
    parts = shares.split(
        cle, shares=len(identites), threshold=seuil, purpose=Purpose.MEMBER, record=enregistre
    )
    secours = shares.split(
        cle,
        shares=len(gardiens),
        threshold=rules.SEUIL_DES_GARDIENS,
        purpose=Purpose.CUSTODIAN,
        record=enregistre,
    )
    return PaireScellee(
        destinataire=cle.recipient.encode(),
        parts_des_membres={
            identite: sceller(part, Recipient.parse(identite.destinataire))
            for identite, part in zip(identites, parts, strict=True)
        },
        parts_des_gardiens={
            gardien: sceller(part, Recipient.parse(identite_de(gardien.utilisateur).destinataire))
            for gardien, part in zip(gardiens, secours, strict=True)
        },
        signataire=identites[0],
        signature=signing.sign(secret_de(identites[0].utilisateur), enregistre),
    )


def identite_de(personne: Utilisateur) -> IdentiteDeMembre:
    identite = queries.identite_en_cours(personne)
    assert identite is not None, f"{personne} n'a pas de clé"
    return identite


def essayer_les_cles(paire: PaireDeCles, membres: Sequence[str], *, le: datetime) -> None:
    cles = {
        personnage.courriel: cle_de(personnage)
        for personnage in porteurs()
        if personnage.cle in membres
    }
    for part in queries.parts_des_membres(paire):
        personne = part.identite.utilisateur
        clair = ouvrir(bytes(part.canari_scelle), cles[personne.courriel])
        ouvrir_canari(part=part, clair=clair, par=personne.acteur, maintenant=le)
