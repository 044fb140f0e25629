"""Une commune, deux personnes qui ouvrent, trois gardiens :
de quoi publier, par les services seuls.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from beffroi.achat.consultations import services
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.consultations.services.cles import usage_de
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import activer_totp, creer_utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.semis import plante

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REGLEMENT = b"%PDF-1.7 reglement " + bytes(range(256)) * 4
ROLES = ("redacteur", "valideur", "ouvreur")


@dataclass
class Scene:
    organisme: Organisme
    martine: Utilisateur
    helene: Utilisateur
    le: datetime

    @property
    def limite(self) -> datetime:
        return self.le + timedelta(days=30)

    def brouillon(
        self, titre: str = "Réfection de la toiture de l'école", **champs: object
    ) -> Consultation:
        fiche = Fiche(
            titre=titre,
            objet="Couverture en ardoise, 640 m².",
            nature="travaux",
            lieu="Bomy",
            **{"date_limite_remise": self.limite, **champs},
        )
        return services.creer_consultation(
            organisme=self.organisme, redigee_par=self.martine, fiche=fiche, maintenant=self.le
        )

    def completer(
        self, consultation: Consultation, *, essais: bool = True, avec: Sequence[Utilisateur] = ()
    ) -> Consultation:
        """Un document, deux personnes ou plus, les clés, et leurs essais."""
        self.joindre(consultation)
        membres = (self.martine, self.helene, *avec)
        for personne in membres:
            services.designer_membre(
                consultation=consultation,
                utilisateur=personne,
                par=self.martine.acteur,
                maintenant=self.le,
            )
        identites = [cles.identite_en_cours(personne) for personne in membres]
        paires = [
            porteurs.deposer_une_paire(
                self.organisme,
                identites,
                maintenant=self.le,
                usage=usage_de(consultation, enveloppe),
            )
            for enveloppe in ("candidature", "offre")
        ]
        if essais:
            for paire in paires:
                self.essayer(paire)
        return services.attacher_cles(
            consultation=consultation,
            candidature=paires[0],
            offre=paires[1],
            par=self.martine.acteur,
            maintenant=self.le,
        )

    def joindre(
        self, consultation: Consultation, nom: str = "reglement.pdf", contenu: bytes = REGLEMENT
    ):
        return services.ajouter_piece(
            consultation=consultation,
            sorte="rc",
            intitule="Règlement de la consultation",
            nom=nom,
            flux=io.BytesIO(contenu),
            par=self.martine.acteur,
            maintenant=self.le,
        )

    def essayer(self, paire, personnes: Sequence[Utilisateur] = ()) -> None:
        for part in cles.parts_des_membres(paire):
            if not personnes or part.identite.utilisateur in personnes:
                porteurs.essayer(part, maintenant=self.le)

    def publier(self, consultation: Consultation) -> Consultation:
        return services.publier_consultation(
            consultation=consultation, par=self.martine.acteur, maintenant=self.le
        )

    def publiee(
        self, titre: str = "Réfection de la toiture de l'école", **champs: object
    ) -> Consultation:
        """Replantée si elle l'a déjà été : qui écoute ce que l'acte annonce le joue lui-même."""
        return plante(
            ("publiée", self.martine.pk, titre, repr(champs)),
            lambda: self.publier(self.completer(self.brouillon(titre, **champs))),
            le=self.le,
        )


def planter_la_scene(*, le: datetime, du_centre: int = 0) -> Scene:
    return plante(("scène", du_centre), lambda: _planter(le=le, du_centre=du_centre), le=le)


def _planter(*, le: datetime, du_centre: int) -> Scene:
    organisme = creer_organisme(
        nom="Commune de Bomy", siret="21620155800014", par=PLATEFORME, maintenant=le
    )
    porteurs.trois_gardiens(maintenant=le, du_centre=du_centre)
    martine, helene = (agent(nom, organisme, le=le) for nom in ("Martine Caron", "Hélène Duriez"))
    return Scene(organisme, martine, helene, le)


def agent(
    nom: str, organisme: Organisme, *, le: datetime, roles: Sequence[str] = ROLES, cle: bool = True
) -> Utilisateur:
    prenom = nom.split(maxsplit=1)[0].lower()
    personne = creer_utilisateur(
        courriel=f"{prenom}@{organisme.siret}.example",
        nom=nom,
        adresse_verifiee=True,
        maintenant=le,
    )
    activer_totp(utilisateur=personne, secret=SECRET, maintenant=le)
    habiliter(organisme=organisme, utilisateur=personne, roles=roles, par=PLATEFORME, maintenant=le)
    if cle:
        porteurs.donner_une_cle(personne, maintenant=le)
    return personne
