"""Texts to begin with, for shipping, returns and made to order: in French, as the boutique will say them to its buyers."""

TEMPLATES: dict[str, tuple[tuple[str, str], ...]] = {
    "policy_shipping": (
        ("Sous trois jours", "Les créations prêtes partent sous trois jours ouvrés, bien calées, avec un numéro de suivi. Je vous préviens le jour de l’envoi."),
        ("Deux envois par semaine", "Les colis partent deux fois par semaine, le mardi et le vendredi. Une création abîmée pendant le transport est remplacée ou remboursée : gardez l’emballage et envoyez-moi une photo."),
        ("Une fois par semaine", "Je fais les envois le lundi. Comptez une semaine au plus avant le départ ; si vous avez une date en tête, écrivez-moi avant de commander."),
    ),
    "policy_returns": (
        ("Quatorze jours, à vos frais", "Vous avez quatorze jours après réception pour changer d’avis. Le retour est à vos frais ; je rembourse dès que la création est revenue en bon état."),
        ("Quatorze jours, retour offert", "Vous avez quatorze jours après réception pour changer d’avis. Je vous envoie l’étiquette de retour et je rembourse dès réception."),
        ("Trente jours", "Vous avez trente jours après réception pour changer d’avis, retour à vos frais. La création doit revenir entière et propre, dans un emballage qui la protège."),
    ),
    "policy_custom": (
        ("Sur devis", "Écrivez-moi ce que vous avez en tête : je réponds avec un dessin, un prix et une date. La fabrication commence après votre accord et ne peut plus être annulée ensuite."),
        ("Personnalisation simple", "Un prénom, une date, une couleur : indiquez-les au moment de commander. Une création faite selon vos indications ne peut être ni reprise ni échangée."),
        ("Pas de commandes", "Je ne prends pas de commande particulière pour le moment : ce qui est dans la boutique est ce que j’ai fait."),
    ),
}
