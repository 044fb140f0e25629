"""Des personnes qui tiennent une clé, faite ici comme le navigateur la ferait ;
tout passe par les services.
"""

import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from beffroi.personnes.cles import queries
from beffroi.personnes.cles.fentes import FenteScellee
from beffroi.personnes.cles.models import Gardien, IdentiteDeMembre, PaireDeCles, PartDeCle
from beffroi.personnes.cles.rules import Disposition
from beffroi.personnes.cles.services import (
    confirmer_le_secours,
    creer_identite,
    deposer_paire,
    designer_gardien,
    ouvrir_canari,
    ouvrir_canari_de_gardien,
)
from beffroi.personnes.cles.signature import CleDeSignature, PaireScellee, Usage, enregistrement
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.journal.acteurs import PLATEFORME
from sceau import Identity, Recipient, receipt, seal, shares, signing, unseal
from sceau.shares import Purpose

USAGE = Usage(consultation="2026-0001", enveloppe="offre", politique="standard")

# Un en-tête suffit : le serveur n'ouvre jamais une fente.
PHRASE = FenteScellee(
    sorte="phrase",
    contenu=b"age-encryption.org/v1\n-> scrypt c2Vs 17\n",
    libelle="Phrase",
    essayee=True,
)
SECOURS = FenteScellee(
    sorte="secours",
    contenu=b"age-encryption.org/v1\n-> scrypt c2Vs 17\n",
    libelle="Code",
    essayee=True,
)


def secret_de(utilisateur: Utilisateur) -> Identity:
    """La clé secrète de cette personne, toujours la même."""
    return Identity.from_seed(hashlib.sha256(utilisateur.courriel.encode()).digest())


def cle_de_signature(secret: Identity) -> CleDeSignature:
    preuve = signing.sign(secret, signing.possession(secret.recipient.fingerprint))
    return CleDeSignature(publique=signing.public_key(secret), preuve=preuve)


def donner_une_cle(
    utilisateur: Utilisateur,
    *,
    maintenant: datetime,
    recopie: bool = True,
    fentes: Sequence[FenteScellee] = (PHRASE, SECOURS),
) -> IdentiteDeMembre:
    identite = creer_identite(
        utilisateur=utilisateur,
        destinataire=secret_de(utilisateur).recipient.encode(),
        signature=cle_de_signature(secret_de(utilisateur)),
        fentes=fentes,
        par=utilisateur.acteur,
        maintenant=maintenant,
    )
    if recopie:
        identite = confirmer_le_secours(
            identite=identite, par=utilisateur.acteur, maintenant=maintenant
        )
    return identite


def ouvrir(scelle: bytes, utilisateur: Utilisateur) -> bytes:
    cible = io.BytesIO()
    unseal(io.BytesIO(bytes(scelle)), cible, [secret_de(utilisateur)])
    return cible.getvalue()


def sceller(clair: bytes, destinataire: str) -> bytes:
    cible = io.BytesIO()
    seal(io.BytesIO(clair), cible, to=Recipient.parse(destinataire))
    return cible.getvalue()


def trois_gardiens(*, maintenant: datetime, du_centre: int = 0, prets: int = 3) -> list[Gardien]:
    """Trois gardiens, dont `prets` ont une clé et ont réussi leur essai."""
    gardiens = []
    for rang, nom in enumerate(("Agnès Warin", "Benoît Hennion", "Colette Vasseur")):
        personne = creer_utilisateur(
            courriel=f"gardien{rang}@archives.example",
            nom=nom,
            adresse_verifiee=True,
            maintenant=maintenant,
        )
        if rang < prets:
            donner_une_cle(personne, maintenant=maintenant)
        gardien = designer_gardien(
            utilisateur=personne,
            organisation="Archives",
            releve_de_l_exploitant=rang < du_centre,
            par=PLATEFORME,
            maintenant=maintenant,
        )
        gardiens.append(
            essai_du_gardien(gardien, maintenant=maintenant) if rang < prets else gardien
        )
    return gardiens


def essai_du_gardien(gardien: Gardien, *, maintenant: datetime) -> Gardien:
    clair = ouvrir(gardien.canari_scelle, gardien.utilisateur)
    return ouvrir_canari_de_gardien(
        gardien=gardien, clair=clair, par=gardien.utilisateur.acteur, maintenant=maintenant
    )


def parts_scellees(
    cle: Identity,
    membres: Iterable[IdentiteDeMembre],
    gardiens: Sequence[Gardien],
    *,
    seuil: int = 1,
    enregistre: bytes = b"cle",
) -> tuple[dict[IdentiteDeMembre, bytes], dict[Gardien, bytes]]:
    """Les deux partages de la graine, chaque part scellée pour son porteur."""
    membres = list(membres)
    parts = partage(cle, max(len(membres), 1), seuil, Purpose.MEMBER, record=enregistre)
    secours = partage(cle, max(len(gardiens), 2), 2, Purpose.CUSTODIAN, record=enregistre)
    identites = [queries.identite_en_cours(gardien.utilisateur) for gardien in gardiens]
    return (
        {
            identite: sceller(part, identite.destinataire)
            for identite, part in zip(membres, parts, strict=False)
        },
        {
            gardien: sceller(part, identite.destinataire)
            for gardien, identite, part in zip(gardiens, identites, secours, strict=False)
            if identite
        },
    )


def partage(cle: Identity, nombre: int, seuil: int, pour: Purpose, *, record: bytes) -> list[bytes]:
    return shares.split(cle, shares=nombre, threshold=seuil, purpose=pour, record=record)


def paire_scellee(
    usage: Usage,
    membres: Sequence[IdentiteDeMembre],
    gardiens: Sequence[Gardien],
    *,
    cle: Identity | None = None,
) -> PaireScellee:
    """Ce que le navigateur du premier membre enverrait :
    une clé neuve, partagée, scellée, signée.
    """
    cle = cle or Identity.generate()
    seuil = 2 if usage.politique == "double" else 1
    contenu = enregistrement(
        usage,
        destinataire=cle.recipient.encode(),
        gardiens=[signing.public(secret_de(gardien.utilisateur)) for gardien in gardiens],
        signataire=membres[0],
    )
    enregistre = receipt.canonical(contenu)
    des_membres, des_gardiens = parts_scellees(
        cle, membres, gardiens, seuil=seuil, enregistre=enregistre
    )
    return PaireScellee(
        destinataire=cle.recipient.encode(),
        parts_des_membres=des_membres,
        parts_des_gardiens=des_gardiens,
        signataire=membres[0],
        signature=signing.sign(secret_de(membres[0].utilisateur), enregistre),
    )


def deposer_une_paire(
    organisme: Organisme,
    membres: Sequence[IdentiteDeMembre],
    *,
    maintenant: datetime,
    usage: Usage = USAGE,
) -> PaireDeCles:
    return deposer_paire(
        organisme=organisme,
        usage=usage,
        scellee=paire_scellee(usage, membres, list(queries.gardiens_en_fonction())),
        par=membres[0].utilisateur.acteur,
        maintenant=maintenant,
    )


def essayer(part: PartDeCle, *, maintenant: datetime) -> PartDeCle:
    personne = part.identite.utilisateur
    return ouvrir_canari(
        part=part,
        clair=ouvrir(part.canari_scelle, personne),
        par=personne.acteur,
        maintenant=maintenant,
    )


def prets(paire: PaireDeCles, *, le: datetime) -> list[Utilisateur]:
    """Ceux qui sauraient ouvrir avec leur part, ce jour-là."""
    return [
        part.identite.utilisateur
        for part in queries.parts_tenues([paire.pk])
        if queries.disposition_de(part, le) == Disposition.PRETE
    ]
