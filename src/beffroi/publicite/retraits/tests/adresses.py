"""Qui entre où : tout le monde pour se nommer, l'acheteur pour le registre."""

from beffroi.achat.consultations.tests.adresses import absent, du
from beffroi.publicite.retraits import jetons, services
from tests.architecture.adresses import Adresse, Monde, attendus, publique, reserve_aux_agents


def planter(monde: Monde) -> None:
    consultation = monde.objets["versionnee"]
    monde.objets["retirant"] = services.se_nommer(
        consultation=consultation,
        entreprise="Couvreurs réunis",
        courriel="",
        prevenir=False,
        maintenant=monde.maintenant,
    )
    services.inscrire_un_retrait(
        consultation=consultation,
        piece=None,
        version=1,
        retirant=monde.objets["retirant"].reference,
        le=monde.maintenant,
    )


def du_retirant(monde: Monde) -> dict[str, str]:
    return {
        "reference": monde.objets["versionnee"].reference,
        "jeton": jetons.jeton_de(monde.objets["retirant"]),
    }


# Tous les rôles de l'acheteur lisent les retraits, à tout moment : ils ne disent rien des réponses.
LECTEURS = reserve_aux_agents(agent_sans_role=200)
SCELLEURS = reserve_aux_agents(302, agent_sans_role=302)
ADRESSES = {
    "retraits:etre_averti": Adresse(
        publique(),
        du("versionnee"),
        absent(),
        methodes=("get", "post"),
        par_methode={"post": publique(422)},
    ),
    # Le lien signé est à qui s'est nommé ; il ne montre que ce nom, et les documents de tous.
    "retraits:telecharger": Adresse(publique(), du_retirant, absent(jeton="forge")),
    "retraits:mon_entreprise": Adresse(
        attendus(403, anonyme=302, entreprise=302, entreprise_etrangere=302),
        du("versionnee"),
        absent(),
        methodes=("post",),
    ),
    "retraits:registre": Adresse(
        LECTEURS,
        du("versionnee"),
        absent(),
        methodes=("get", "post"),
        par_methode={"post": SCELLEURS},
    ),
    "retraits:fichier": Adresse(
        SCELLEURS, du("versionnee", extension=lambda monde: "csv"), absent(extension="csv")
    ),
}
