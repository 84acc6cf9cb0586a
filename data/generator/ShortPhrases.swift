/// Short phrases that people say as a whole, in English, French and Vietnamese: all of them are learnt from.
///
/// They are no combination of words that could be held out, and have fewer words than a template's sentences.
let shortPhrases = [
  ("Hello.", "Bonjour.", "Xin chào."),
  ("Good morning.", "Bonjour.", "Chào buổi sáng."),
  ("Good afternoon.", "Bonjour.", "Chào buổi chiều."),
  ("Good evening.", "Bonsoir.", "Chào buổi tối."),
  ("Good night.", "Bonne nuit.", "Chúc ngủ ngon."),
  ("Goodbye.", "Au revoir.", "Tạm biệt."),
  ("See you tomorrow.", "À demain.", "Hẹn gặp lại ngày mai."),
  ("See you soon.", "À bientôt.", "Hẹn sớm gặp lại."),
  ("Thank you.", "Merci.", "Cảm ơn."),
  ("Thank you very much.", "Merci beaucoup.", "Cảm ơn rất nhiều."),
  ("You are welcome.", "Je vous en prie.", "Không có gì."),
  ("Of course.", "Bien sûr.", "Tất nhiên."),
  ("Excuse me.", "Excusez-moi.", "Xin lỗi."),
  ("I am sorry.", "Je suis désolé.", "Tôi xin lỗi."),
  ("I love you.", "Je vous aime.", "Tôi yêu bạn."),
  ("How are you?", "Comment allez-vous?", "Bạn có khỏe không?"),
  ("Welcome!", "Bienvenue!", "Chào mừng!"),
  ("Congratulations!", "Félicitations!", "Chúc mừng!"),
  ("Good luck!", "Bonne chance!", "Chúc may mắn!"),
  ("Happy birthday!", "Bon anniversaire!", "Chúc mừng sinh nhật!"),
  ("Enjoy your meal!", "Bon appétit!", "Chúc ngon miệng!"),
  ("Have a good trip!", "Bon voyage!", "Chúc đi đường bình an!"),
]
