"""Les adaptateurs : qui, hors de la maison, rend le service dont un contexte a
besoin. Une ligne par port.

Ce qu'un contexte rend à un autre se dit dans les prises de celui qui l'offre
(`fondations.prises`, `ports`).
"""

ADAPTATEURS = {
    "antivirus.Antivirus": "beffroi.integrations.antivirus.adapter.antivirus",
    "avis.PublicateursDAvis": "beffroi.integrations.publication.adapter.voies",
    "candidatures.PreuvesOfficielles": (
        "beffroi.integrations.preuves_officielles.adapter.preuves_officielles"
    ),
    "coffre.Coffre": "beffroi.seance.coffre.coffre.du_service",
    "donnees_essentielles.PortailNational": "beffroi.integrations.portail_national.adapter.portail",
    "entreprises.Sirene": "beffroi.integrations.sirene.adapter.annuaire",
    "essai.Classe": "demo.classe.Classe",
    "essai.EspaceDEssai": "beffroi.integrations.espace_d_essai.adapter.adresse",
    "essai.Robots": "demo.robots.Robots",
    "journal.Horodateur": "beffroi.integrations.horodatage.adapter.horodateur",
    "journal.Temoins": "beffroi.integrations.temoins.adapter.temoins",
    "marches.TransmissionDesActes": "beffroi.integrations.transmission_des_actes.adapter.tiers",
    "niveaux.ProConnect": "beffroi.integrations.proconnect.adapter.attestation",
    "sonde.DepotDEssai": "beffroi.integrations.sonde.depot.essayer",
    "sonde.HeureDeReference": "beffroi.integrations.sonde.heure.lire",
    "versements.ServiceDArchivage": "beffroi.integrations.service_d_archivage.adapter.service",
}
